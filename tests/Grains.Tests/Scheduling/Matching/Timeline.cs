using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Tests.Scheduling.Matching;

/// <summary>A model in a time of its own: sessions hold their slots for as long as they last.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Attempt, (double At, int Number)> _ends = new();
    private readonly Dictionary<string, double> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Tenant, double Lasts)> _sessions = new(StringComparer.Ordinal);
    private readonly Random _random = new(1);
    private int _number;

    public Timeline(int engines, int slots, TenantTerms? terms = null)
    {
        Model = new(bound: 1_000, remembered: 100_000, terms);
        for (var i = 0; i < engines; i++)
        {
            Model.Join(World.Attendance($"instance-{i}", Engine(i), slots));
        }
    }

    public SchedulerModel Model { get; }

    public double Now { get; private set; }

    public static string Engine(int index) => $"engine-{index}";

    /// <summary>Some of the engines, with one slot mostly and never more than there are.</summary>
    public static (string Engine, int Slots)[] Demands(int seed, int engines, int slots)
    {
        var first = seed % engines;
        var count = 1 + (seed / 7 % engines);
        return [.. Enumerable.Range(0, count).Select(i => (Engine((first + i) % engines), seed / 100 % 4 == 3 ? 1 + (seed / 400 % slots) : 1))];
    }

    public string Submit(string tenant, (string Engine, int Slots)[] demands, int rank, double lasts = 1)
    {
        var request = World.Request(++_number, demands) with { Tenant = tenant, Rank = rank };
        _sessions.Add(request.SessionId, (tenant, lasts));
        Model.Enlist(request);
        Settle();
        return request.SessionId;
    }

    /// <summary>How many slots a tenant holds.</summary>
    public int Held(string tenant) => Model.Attempts.Where(attempt => string.Equals(attempt.Tenant.Id, tenant, StringComparison.Ordinal)).Sum(attempt => attempt.Groups.Sum(group => group.Held));

    /// <summary>How many of a tenant's sessions have started.</summary>
    public int Started(string tenant) => _started.Keys.Count(session => string.Equals(_sessions[session].Tenant, tenant, StringComparison.Ordinal));

    public void RunUntil(double time)
    {
        while (_ends.TryPeek(out _, out var next) && next.At <= time)
        {
            Step();
        }

        Now = time;
    }

    /// <summary>When a session starts.</summary>
    public double RunUntilStart(string session)
    {
        while (!_started.ContainsKey(session))
        {
            Step();
        }

        return _started[session];
    }

    /// <summary>Ends one of the sessions that run, and not the one whose time it is.</summary>
    public void EndOne(int pick) => End(Model.Attempts.ElementAt(pick % Model.Leased));

    private void Step()
    {
        Assert.True(_ends.TryDequeue(out var attempt, out var end), "Nothing runs any more.");
        Now = end.At;
        End(attempt);
    }

    private void End(Attempt attempt)
    {
        Model.Withdraw(SessionKey.Unpack(attempt.Id), attempt.Epoch);
        Settle();
    }

    // What runs when time begins has begun before, each at another moment.
    private void Settle()
    {
        foreach (var attempt in Model.TakeChanges().Granted)
        {
            var id = SessionKey.Unpack(attempt.Id);
            _started.Add(id, Now);
            _ends.Enqueue(attempt, (Now == 0 ? _random.NextDouble() : Now + _sessions[id].Lasts, ++_number));
        }
    }
}
