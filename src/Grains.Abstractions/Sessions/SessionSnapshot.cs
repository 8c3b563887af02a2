using System.Collections.Immutable;
using BlueEdge.Scheduling;

namespace BlueEdge.Sessions;

/// <summary>A session as it was when read.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-snapshot")]
public sealed record SessionSnapshot
{
    /// <summary>The session's id: 32 hexadecimal digits.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>Where it stood.</summary>
    [Id(1)]
    public required SessionStatus Status { get; init; }

    /// <summary>Why it failed or was canceled, naming engine, node and message; <see langword="null"/> otherwise.</summary>
    [Id(2)]
    public string? Reason { get; init; }

    /// <summary>Its nodes, in the order of the spec.</summary>
    [Id(3)]
    public required ImmutableArray<NodeSnapshot> Nodes { get; init; }

    /// <summary>The names of its interested channels, in the order of the spec.</summary>
    [Id(4)]
    public required ImmutableArray<string> InterestedChannels { get; init; }

    /// <summary>Where it waits while pending; <see langword="null"/> afterwards.</summary>
    [Id(5)]
    public QueuePosition? Position { get; init; }

    /// <summary>When it was accepted.</summary>
    [Id(6)]
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it reached its terminal status, or <see langword="null"/>.</summary>
    [Id(7)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The number of the running or last attempt; the first is 1.</summary>
    [Id(8)]
    public required int Epoch { get; init; }

    /// <summary>Former attempts, oldest first; empty where it never ran again.</summary>
    [Id(9)]
    public ImmutableArray<AttemptSnapshot> FormerAttempts { get; init; } = [];

    /// <summary>
    /// What its caller should know of it besides: first of the submission, then what engines warned of in the running or last
    /// attempt, known once their node is over.
    /// </summary>
    [Id(10)]
    public ImmutableArray<SessionWarning> Warnings { get; init; } = [];

    /// <summary>The channels that clients write or listen to while it runs, in the order of the spec.</summary>
    [Id(11)]
    public ImmutableArray<ChannelSpec> ExternalChannels { get; init; } = [];
}
