using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Trials;

/// <summary>What a trial is made of.</summary>
public sealed record EngineTrialSetup
{
    /// <summary>What the engine is.</summary>
    public required EngineDefinition Definition { get; init; }

    /// <summary>Which sub-session it works for.</summary>
    public required SubSessionKey Key { get; init; }

    /// <summary>The attempt's number; the first is 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The linked inputs: ports of the definition.</summary>
    public required IReadOnlyList<PortDefinition> Inputs { get; init; }

    /// <summary>The linked outputs: ports of the definition.</summary>
    public required IReadOnlyList<PortDefinition> Outputs { get; init; }

    /// <summary>
    /// Told of what the engine wrote to a linked output, in order, and whether that was all; called on any thread, for one output once
    /// at a time. It is to return soon: the engine waits.
    /// </summary>
    public required Action<string, ImmutableArray<Payload>, bool> OnWritten { get; init; }

    /// <summary>Where large payloads go.</summary>
    public required IBlobStore Blobs { get; init; }

    /// <summary>Payloads of more bytes go there.</summary>
    public required int ClaimCheckBytes { get; init; }

    /// <summary>Where the sub-session's temporary folder goes.</summary>
    public required string TemporaryFolder { get; init; }

    /// <summary>How long the engine has to wind down when stopped before it is cut off.</summary>
    public required TimeSpan StopGrace { get; init; }

    /// <summary>The clock of that time.</summary>
    public required TimeProvider Clock { get; init; }
}
