using System.Collections.Immutable;

namespace BlueEdge.Sessions.Events;

/// <summary>
/// What comes on the <see cref="SessionStreams"/>: a stored change of a session; or, with a <see cref="Gap"/>, that some may be missing; or,
/// with neither, that a core silo is there, which each says after 5 seconds without anything else.
/// </summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-stream-event")]
public sealed record SessionStreamEvent
{
    /// <summary>What a record costs besides its texts, and about what one event does, in bytes of memory.</summary>
    private const int Fixed = 200;

    /// <summary>The core silo that wrote it.</summary>
    [Id(0)]
    public required string Silo { get; init; }

    /// <summary>When it was stored, or what it tells of was noticed, by the silo's clock.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Why changes before this event may be missing: those of <see cref="SessionId"/>, or of any session where that is
    /// <see langword="null"/>. <see langword="null"/> where it tells of no gap.
    /// </summary>
    [Id(2)]
    public string? Gap { get; init; }

    /// <summary>The session, or <see langword="null"/> where the event is of none.</summary>
    [Id(3)]
    public string? SessionId { get; init; }

    /// <summary>The session's tenant; <see langword="null"/> for the default tenant.</summary>
    [Id(4)]
    public string? Tenant { get; init; }

    /// <summary>When the session was submitted: once one is forgotten its id can be used again, and its numbers begin anew.</summary>
    [Id(5)]
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>
    /// Counts the session's stored changes from 1, each of which comes on the stream: of two the one with the larger number is the newer, and a
    /// number that is left out is missing. 0 where the event is no change of a session.
    /// </summary>
    [Id(6)]
    public long Number { get; init; }

    /// <summary>The attempt that the session is in after the change; the first is 1.</summary>
    [Id(7)]
    public int Epoch { get; init; }

    /// <summary>The session's status after the change.</summary>
    [Id(8)]
    public SessionStatus Status { get; init; }

    /// <summary>
    /// What happened, in order; none where neither the session's status nor a node's changed. Their numbers are those of
    /// <see cref="ISessionGrain.FollowEventsAsync"/>, and 0 where the session keeps no events; what engines say is not told then.
    /// </summary>
    [Id(9)]
    public ImmutableArray<SessionEvent> Events { get; init; } = [];

    /// <summary>About how many bytes of memory it takes.</summary>
    public int EstimateBytes() => Fixed
        + Events.Sum(one => Fixed + (((one.Reason?.Length ?? 0) + (one.Node?.Length ?? 0) + (one.Instance?.Length ?? 0)) * sizeof(char)) + (one.Said?.Message.Length ?? 0));
}
