namespace BlueEdge.Grains.Scheduling;

/// <summary>Puts the sessions that wait together again from the lists of their engines.</summary>
public sealed class StoredPending
{
    private readonly Dictionary<(string SessionId, int Epoch), Session> _sessions = [];

    /// <summary>Adds a member of an engine's pending list.</summary>
    public void Add(string engine, double score, PendingMember member)
    {
        if (!_sessions.TryGetValue((member.SessionId, member.Epoch), out var session))
        {
            session = new(-(int)score, member.Ticks, member.Tenant, []);
            _sessions.Add((member.SessionId, member.Epoch), session);
        }

        session.Demands.Add((member.Index, new() { Engine = engine, Slots = member.Slots }));
    }

    /// <summary>The sessions by rank, then age, then id.</summary>
    public IReadOnlyList<EnlistRequest> InOrder() =>
    [
        .. _sessions
            .OrderByDescending(pair => pair.Value.Rank)
            .ThenBy(pair => pair.Value.Ticks)
            .ThenBy(pair => pair.Key.SessionId, StringComparer.Ordinal)
            .Select(pair => new EnlistRequest
            {
                SessionId = pair.Key.SessionId,
                Epoch = pair.Key.Epoch,
                Rank = pair.Value.Rank,
                Tenant = pair.Value.Tenant,
                SubmittedAt = new(pair.Value.Ticks, TimeSpan.Zero),
                Demands = [.. pair.Value.Demands.OrderBy(demand => demand.Index).Select(demand => demand.Demand)],
            }),
    ];

    private sealed record Session(int Rank, long Ticks, string? Tenant, List<(int Index, EngineDemand Demand)> Demands);
}
