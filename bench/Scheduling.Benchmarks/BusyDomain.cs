using System.Collections.Immutable;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Scheduling.Benchmarks;

/// <summary>
/// A domain at work: 50 engines, 200 kinds of sessions that need one to three of them, five ranks, all slots taken, and a
/// given number of sessions that wait. As many come as start, so that the number stays.
/// </summary>
internal sealed class BusyDomain
{
    private const int Engines = 50;
    private const int Kinds = 200;
    private const int Ranks = 5;
    private const int InstancesPerEngine = 8;
    private const int SlotsPerInstance = 8;

    private readonly Random _random = new(20_260_101);
    private readonly ImmutableArray<EngineDemand>[] _kinds;
    private readonly List<Attempt> _running = [];
    private readonly List<UInt128> _waiting = [];
    private int _pending;
    private long _clock = DateTimeOffset.UnixEpoch.Ticks;

    public BusyDomain(int pending)
    {
        _kinds = [.. Enumerable.Range(0, Kinds).Select(_ => Kind())];
        for (var engine = 0; engine < Engines; engine++)
        {
            for (var instance = 0; instance < InstancesPerEngine; instance++)
            {
                Model.Join(Attendance(engine, instance));
            }
        }

        _pending = pending;
        FillUp();
    }

    public SchedulerModel Model { get; } = new(bound: 1_000, remembered: 100_000);

    /// <summary>One session ends, those start that can, others are submitted until as many wait as before, and all that started are ready.</summary>
    /// <returns>How many started.</returns>
    public int Turn()
    {
        var index = _random.Next(_running.Count);
        var ended = _running[index];
        _running[index] = _running[^1];
        _running.RemoveAt(_running.Count - 1);
        Model.Release(new()
        {
            SessionId = SessionKey.Unpack(ended.Id),
            Epoch = ended.Epoch,
            Released = [.. ended.Groups.Select(Released)],
        });
        var started = Settle();
        FillUp();
        return started;
    }

    /// <summary>A session comes and is canceled while it waits; all slots are taken, so it does wait.</summary>
    public void ComeAndGo()
    {
        var request = Request();
        Model.Enlist(request);
        Model.Withdraw(request.SessionId, 1);
        Settle();
    }

    /// <summary>Remembers some of those that wait, to ask for them later.</summary>
    public void Sample(int count)
    {
        while (_waiting.Count < count)
        {
            var request = Request();
            Model.Enlist(request);
            _waiting.Add(SessionKey.Pack(request.SessionId));
        }

        Settle();
        _pending = Model.Pending;
    }

    public QueuePosition? FindPosition() =>
        Model.FindPosition(SessionKey.Unpack(_waiting[_random.Next(_waiting.Count)]));

    private void FillUp()
    {
        while (Model.Pending < _pending)
        {
            Submit();
        }
    }

    private void Submit()
    {
        Model.Enlist(Request());
        Settle();
    }

    private int Settle()
    {
        var granted = Model.TakeChanges().Granted;
        foreach (var attempt in granted)
        {
            Model.Confirm(new() { SessionId = SessionKey.Unpack(attempt.Id), Epoch = attempt.Epoch });
            _running.Add(attempt);
        }

        return granted.Count;
    }

    private EnlistRequest Request()
    {
        _clock += TimeSpan.TicksPerMillisecond;
        return new()
        {
            SessionId = SessionKey.Unpack(new((ulong)_clock, (ulong)_random.NextInt64())),
            Epoch = 1,
            Rank = _random.Next(Ranks),
            SubmittedAt = new(_clock, TimeSpan.Zero),
            Demands = _kinds[_random.Next(Kinds)],
        };
    }

    private ImmutableArray<EngineDemand> Kind() =>
    [
        .. Enumerable.Range(0, 1 + _random.Next(3))
            .Select(_ => _random.Next(Engines))
            .Distinct()
            .Select(engine => new EngineDemand { Engine = Name(engine), Slots = _random.Next(4) == 0 ? 2 : 1 }),
    ];

    private static ReleasedSlots Released(LeaseGroup group) =>
        new() { Lease = new() { Engine = group.Engine.Id, Instance = group.InstanceId }, Total = group.Granted };

    private static InstanceAttendance Attendance(int engine, int instance) => new()
    {
        Instance = $"{Name(engine)}/{instance}",
        Engine = new()
        {
            Id = Name(engine),
            Name = Name(engine),
            Version = "1",
            Slots = SlotsPerInstance,
            Inputs = [],
            Outputs = [],
        },
        Silo = SiloAddress.Zero,
        Host = "host",
        Slots = SlotsPerInstance,
    };

    private static string Name(int engine) => $"engine-{engine}";
}
