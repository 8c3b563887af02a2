using System.Collections.Immutable;

namespace BlueEdge.Sessions.Events;

/// <summary>What one stored change of a session brought, as those who listen to all sessions are told.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-news")]
public sealed record SessionNews
{
    /// <summary>What a record costs besides its texts, and about what one event does, in bytes of memory.</summary>
    private const int Fixed = 200;

    /// <summary>The session.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>Whose it is; <see langword="null"/> for the default tenant.</summary>
    [Id(1)]
    public string? Tenant { get; init; }

    /// <summary>The engines that it has nodes of, each once.</summary>
    [Id(2)]
    public required ImmutableArray<string> Engines { get; init; }

    /// <summary>The session's status before the first of the events.</summary>
    [Id(3)]
    public SessionStatus Status { get; init; }

    /// <summary>
    /// What happened, in order, at least one event. Their numbers are 0 where the session keeps no events; of those what engines say is
    /// not known, and several changes that were stored by one write are one.
    /// </summary>
    [Id(4)]
    public required ImmutableArray<SessionEvent> Events { get; init; }

    /// <summary>About how many bytes of memory it takes.</summary>
    public int EstimateBytes() => Fixed
        + Engines.Sum(engine => engine.Length * sizeof(char))
        + Events.Sum(one => Fixed + (((one.Reason?.Length ?? 0) + (one.Node?.Length ?? 0) + (one.Instance?.Length ?? 0)) * sizeof(char)) + (one.Said?.Message.Length ?? 0));
}
