using System.Collections.Immutable;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Tests.Scheduling.Matching;

/// <summary>
/// Turns random steps into messages for the model, and keeps the ledger of what came of them. A test looks on at each
/// start, just before the ledger takes it, and after each message.
/// </summary>
internal sealed class World(int tenants = 1, int bound = World.Bound, RankScope scope = default, bool bounded = false)
{
    private static readonly TenantTerms Weighted = new() { Weights = Numbers(("b", 2), ("c", 3)) };

    /// <summary>Tenants of which two may not hold all slots, and one is of no use for the widest sessions.</summary>
    private static readonly TenantTerms Bounded = Weighted with { Slots = Numbers(("default", 4), ("b", 2)) };

    public const int Bound = 3;
    private const int Engines = 4;

    private readonly List<object> _sent = [];
    // With fewer engines tenants come to their bounds, and with fewer starts past them sessions starve there.
    private readonly int _engines = bounded ? 2 : Engines;
    private int _sessions;
    private int _instances;

    public SchedulerModel Model { get; } = new(bounded ? 1 : bound, remembered: 100_000, bounded ? Bounded : Weighted, scope);

    public Ledger Ledger { get; } = new(bounded ? 1 : bound, bounded ? Bounded : Weighted, scope);

    /// <summary>Called for each start, before the ledger has it.</summary>
    public Action<Waiter, LeaseGrant> OnStart { get; init; } = (_, _) => { };

    /// <summary>Called after each message.</summary>
    public Action OnSettled { get; init; } = () => { };

    /// <summary>Called after each message with whether it meant anything, and what the model made of it.</summary>
    public Action<bool, SchedulerChanges> OnChanges { get; init; } = (_, _) => { };

    public static string EngineId(int index) => $"engine-{index % Engines}";

    public void Run(IEnumerable<Op> ops)
    {
        foreach (var op in ops)
        {
            if (ToMessage(op) is { } message)
            {
                _sent.Add(message);
                Send(message);
            }
        }
    }

    public void Send(object message)
    {
        var means = Tell(message);
        var changes = Model.TakeChanges();
        foreach (var attempt in changes.Granted)
        {
            var grant = attempt.ToGrant();
            OnStart(Assert.IsType<Waiter>(Ledger.FindWaiter(grant.SessionId)), grant);
            Ledger.Start(grant);
        }

        OnChanges(means, changes);
        OnSettled();
    }

    /// <summary>A message for the step, or null where there is nobody to send it.</summary>
    public object? ToMessage(Op op) => op.Kind switch
    {
        OpKind.Enlist => Enlist(op),
        OpKind.Retry => Pick(Ledger.Leased, op.Whom) is { } holder
            ? holder.Request with { Epoch = holder.Request.Epoch + 1 + (op.How % 2) }
            : null,
        OpKind.Withdraw => Pick(Ledger.Waiting, op.Whom) is { } waiter
            ? new Withdrawal(waiter.Request.SessionId, waiter.Request.Epoch + (op.How % 3) - 1)
            : null,
        OpKind.Confirm => Pick(Ledger.Leased, op.Whom) is { } holder
            ? new SessionAttempt { SessionId = holder.Request.SessionId, Epoch = holder.Request.Epoch - (op.How % 5 == 0 ? 1 : 0) }
            : null,
        OpKind.Release => Pick(Ledger.Leased, op.Whom) is { } holder ? Release(holder, op) : null,
        OpKind.Finish => Pick(Ledger.Leased, op.Whom) is { } holder ? Finish(holder) : null,
        OpKind.Join => Attendance($"instance-{_instances++}", EngineId(op.Whom % _engines), 1 + (op.How % 4)),
        OpKind.ChangeSlots => Pick(Ledger.Hosts.Values, op.Whom) is { } host
            ? Attendance(host.Attendance.Instance, host.Engine, 1 + (op.How % 5))
            : null,
        OpKind.Drain => Pick(Ledger.Hosts.Values, op.Whom) is { } host ? new Draining(host.Attendance.Instance) : null,
        OpKind.Leave => Pick(Ledger.Hosts.Values, op.Whom) is { } host ? new Leaving(host.Attendance.Instance) : null,
        OpKind.Repeat => Pick(_sent, op.Whom),
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    public static LeaseRelease Finish(Holder holder) => new()
    {
        SessionId = holder.Request.SessionId,
        Epoch = holder.Request.Epoch,
        Released = [.. holder.Held.Keys.Select(lease => new ReleasedSlots { Lease = lease, Total = holder.Granted(lease) })],
    };

    /// <summary>A request for slots, as if from the session of this number.</summary>
    public static EnlistRequest Request(int number, params (string Engine, int Slots)[] demands) => new()
    {
        SessionId = SessionKey.Unpack((UInt128)number),
        Epoch = 1,
        Rank = 0,
        SubmittedAt = DateTimeOffset.UnixEpoch.AddSeconds(number),
        Demands = [.. demands.Select(demand => new EngineDemand { Engine = demand.Engine, Slots = demand.Slots })],
    };

    private static LeaseRelease Release(Holder holder, Op op)
    {
        var lease = holder.Held.Keys.ElementAt(op.How % holder.Held.Count);
        return new()
        {
            SessionId = holder.Request.SessionId,
            Epoch = holder.Request.Epoch,
            Released = [new() { Lease = lease, Total = op.Much % (holder.Granted(lease) + 2) }],
        };
    }

    public static InstanceAttendance Attendance(string id, string engine, int slots) => new()
    {
        Instance = id,
        Engine = new()
        {
            Id = engine,
            Name = engine,
            Version = "1",
            Slots = slots,
            Inputs = [],
            Outputs = [],
        },
        Silo = SiloAddress.Zero,
        Host = "host",
        Slots = slots,
    };

    private static T? Pick<T>(IEnumerable<T> from, int whom)
        where T : class
    {
        var all = from.ToList();
        return all.Count == 0 ? null : all[whom % all.Count];
    }

    // Few ages and ranks, so that ties happen; often one engine, sometimes all, sometimes several nodes of one.
    private EnlistRequest Enlist(Op op)
    {
        var first = op.How % _engines;
        var width = Math.Max(1, (op.Whom % (2 * _engines)) - _engines + 1);
        var demands = ImmutableArray.CreateBuilder<EngineDemand>();
        for (var i = 0; i < width; i++)
        {
            demands.Add(new() { Engine = EngineId((first + i) % _engines), Slots = (op.Much >> i) % 4 == 3 ? 2 + (op.Much % 2) : 1 });
        }

        var number = (UInt128)(uint)++_sessions;
        return new()
        {
            SessionId = SessionKey.Unpack((number * 0x9E3779B97F4A7C15) ^ (number << 96)),
            Epoch = 1 + (op.How % 2),
            Rank = (op.Much / 7) % 3,
            Tenant = TenantOf(op.Whom / 11),
            SubmittedAt = DateTimeOffset.UnixEpoch.AddTicks((op.How / 7) % 20),
            Demands = demands.DrainToImmutable(),
        };
    }

    private static Dictionary<string, int> Numbers(params (string Tenant, int Number)[] each) =>
        each.ToDictionary(one => one.Tenant, one => one.Number, StringComparer.Ordinal);

    private string? TenantOf(int number) => (number % tenants) switch { 0 => null, 1 => "b", _ => "c" };

    private bool Tell(object message)
    {
        switch (message)
        {
            case EnlistRequest request:
                Model.Enlist(request);
                return Ledger.Enlist(request);
            case Withdrawal withdrawal:
                Model.Withdraw(withdrawal.SessionId, withdrawal.Epoch);
                return Ledger.Withdraw(new() { SessionId = withdrawal.SessionId, Epoch = withdrawal.Epoch });
            case SessionAttempt confirmed:
                Model.Confirm(confirmed);
                return Ledger.Confirm(confirmed);
            case LeaseRelease release:
                Model.Release(release);
                return Ledger.Release(release);
            case InstanceAttendance attendance:
                Assert.Equal(!Ledger.HasLeft(attendance.Instance), Model.Join(attendance));
                return Ledger.Join(attendance);
            case Draining draining:
                Model.Drain(draining.Instance);
                return Ledger.Drain(draining.Instance);
            case Leaving leaving:
                Model.Leave(leaving.Instance, "gone");
                var attended = Ledger.Hosts.ContainsKey(leaving.Instance);
                Ledger.Leave(leaving.Instance);
                return attended;
            default:
                throw new ArgumentOutOfRangeException(nameof(message));
        }
    }

    private sealed record Withdrawal(string SessionId, int Epoch);

    private sealed record Draining(string Instance);

    private sealed record Leaving(string Instance);
}
