using System.Collections.Immutable;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>All that an engine instance needs to run one node's attempt.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.sub-session-start")]
public sealed record SubSessionStart
{
    /// <summary>Which sub-session.</summary>
    [Id(0)]
    public required SubSessionKey Key { get; init; }

    /// <summary>The attempt's number; the first is 1.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>The slot it runs in.</summary>
    [Id(2)]
    public required Lease Lease { get; init; }

    /// <summary>Its linked inputs.</summary>
    [Id(3)]
    public required ImmutableArray<InputLink> Inputs { get; init; }

    /// <summary>Its linked outputs.</summary>
    [Id(4)]
    public required ImmutableArray<OutputLink> Outputs { get; init; }

    /// <summary>How long the engine has to wind down when stopped before it is cut off.</summary>
    [Id(5)]
    public required TimeSpan StopGrace { get; init; }

    /// <summary>When the session was submitted: it tells this one from another that had the same id before its retention was over.</summary>
    [Id(6)]
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Whether the session is told what the engine says on its Status output.</summary>
    [Id(7)]
    public bool TellsEvents { get; init; }

    /// <summary>The place of its session's submission in its trace; <see langword="null"/> where none is kept.</summary>
    [Id(8)]
    public string? Trace { get; init; }

    /// <summary>The types of what the engine says that the session is told of, where it is told; <see langword="null"/> for all.</summary>
    [Id(9)]
    public ImmutableArray<string>? ToldTypes { get; init; }
}
