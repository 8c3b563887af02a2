using System.Collections.Immutable;
using BlueEdge.Engines;
using BlueEdge.Sessions;

namespace BlueEdge.Validation;

/// <summary>The inputs of a node, or its outputs, beside what the engine declares.</summary>
/// <param name="Node">The node's place in the spec.</param>
/// <param name="IsInput">Inputs or outputs.</param>
/// <param name="Links">What the node links.</param>
/// <param name="Channels">The channel of each link.</param>
/// <param name="Engine">The engine, or <see langword="null"/> where it is unknown and so are its ports.</param>
internal readonly record struct LinkSide(
    int Node, bool IsInput, ImmutableArray<PortLinkSpec> Links, ImmutableArray<int> Channels, EngineDefinition? Engine)
{
    private static readonly PortDefinition ImpliedStatus =
        new() { Name = WellKnownPorts.Status, Type = BlueEdge.Channels.ChannelType.Json, Optional = true };

    public ImmutableArray<PortDefinition> Ports =>
        (IsInput ? Engine?.Inputs : Engine?.Outputs)?.OrEmpty() ?? [];

    public static LinkSide Inputs(SessionIndex session, int node, EngineDefinition? engine) =>
        new(node, IsInput: true, session.Nodes[node].Inputs.OrEmpty(), session.Inputs[node], engine);

    public static LinkSide Outputs(SessionIndex session, int node, EngineDefinition? engine) =>
        new(node, IsInput: false, session.Nodes[node].Outputs.OrEmpty(), session.Outputs[node], engine);

    public string Pointer() => $"/engines/{Node}/{(IsInput ? "inputs" : "outputs")}";

    /// <summary>The engine's port of that name, or <see langword="null"/>.</summary>
    public PortDefinition? FindPort(string? name)
    {
        // An engine has a handful of ports, however long the spec is: looking at each stays linear in the spec.
        foreach (var port in Ports)
        {
            if (string.Equals(port.Name, name, StringComparison.Ordinal))
            {
                return port;
            }
        }

        // Every engine has the output Status, declared or not.
        return !IsInput && Engine is not null && string.Equals(name, WellKnownPorts.Status, StringComparison.Ordinal)
            ? ImpliedStatus
            : null;
    }
}
