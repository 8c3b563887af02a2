using BlueEdge.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Testing;

/// <summary>What a test says before its engine starts. All of it has defaults.</summary>
public sealed class EngineTestSetup
{
    internal EngineTestSetup(EngineDefinitionBuilder definition) => Definition = definition;

    /// <summary>What the engine's constructor may ask for. Logging and <see cref="Clock"/> are there already.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>The definition, as the attributes of the class say it, to be added to as <c>AddEngine</c> does.</summary>
    public EngineDefinitionBuilder Definition { get; }

    /// <summary>The clock of the engine and of the grace period; the system's by default.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>The session's id; a fresh one by default.</summary>
    public string SessionId { get; set; } = SessionIds.Create();

    /// <summary>The node's name in the session; <c>node</c> by default.</summary>
    public string Node { get; set; } = "node";

    /// <summary>The attempt's number; 1 by default.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>How long the engine has to wind down when stopped before it is cut off; 30 s by default.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the test waits for anything, by the system's clock; 30 s by default.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Payloads of more bytes go through the blob store, a temporary folder; 1 MB by default, as in a silo.</summary>
    public int ClaimCheckBytes { get; set; } = new ChannelOptions().ClaimCheckBytes;

    /// <summary>The inputs that the session links, or <see langword="null"/> for all.</summary>
    internal IReadOnlyCollection<string>? Inputs { get; private set; }

    /// <summary>The outputs that the session links, or <see langword="null"/> for all.</summary>
    internal IReadOnlyCollection<string>? Outputs { get; private set; }

    /// <summary>Links these inputs only; all by default.</summary>
    public EngineTestSetup LinkInputs(params IReadOnlyCollection<string> ports)
    {
        Inputs = ports;
        return this;
    }

    /// <summary>Links these outputs only; all by default.</summary>
    public EngineTestSetup LinkOutputs(params IReadOnlyCollection<string> ports)
    {
        Outputs = ports;
        return this;
    }
}
