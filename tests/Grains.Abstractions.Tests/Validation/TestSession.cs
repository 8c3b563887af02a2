using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Grains.Abstractions.Tests.Validation;

/// <summary>A spec, and the engines that it was written for: one engine a node, so that a test can give a node any ports.</summary>
public sealed record TestSession
{
    public required SessionSpec Spec { get; init; }

    public required ImmutableDictionary<string, EngineDefinition> Engines { get; init; }

    public SessionLimits Limits { get; init; } = new();

    public int Nodes => Spec.Nodes.Length;

    public int Channels => Spec.Channels.Length;

    public ImmutableArray<Fault> Validate() => SessionValidator.Validate(Spec, Engines, Limits).Listed;

    public TestSession AddChannel(string name, ChannelType type = ChannelType.Json, bool interested = false) =>
        this with { Spec = Spec with { Channels = Spec.Channels.Add(new() { Name = name, Type = type, Interested = interested }) } };

    /// <summary>Adds a node with an engine of its own.</summary>
    public TestSession AddNode(string name) =>
        this with
        {
            Spec = Spec with { Nodes = Spec.Nodes.Add(new() { Name = name, Engine = $"{name}-engine" }) },
            Engines = Engines.Add(
                $"{name}-engine",
                new() { Id = $"{name}-engine", Name = name, Version = "1", Slots = 1, Inputs = [], Outputs = [] }),
        };

    /// <summary>Gives a node's engine one more required input, and links it.</summary>
    public TestSession AddInput(int node, string channel, ChannelType type = ChannelType.Json)
    {
        var engine = Engines[Spec.Nodes[node].Engine];
        var port = new PortDefinition { Name = $"In{engine.Inputs.Length}", Type = type };
        return (this with { Engines = Engines.SetItem(engine.Id, engine with { Inputs = engine.Inputs.Add(port) }) })
            .Change(node, spec => spec with { Inputs = spec.Inputs.Add(new() { Port = port.Name, Channel = channel, Type = type }) });
    }

    /// <summary>Gives a node's engine one more output, and links it.</summary>
    public TestSession AddOutput(int node, string channel, ChannelType type = ChannelType.Json)
    {
        var engine = Engines[Spec.Nodes[node].Engine];
        var port = new PortDefinition { Name = $"Out{engine.Outputs.Length}", Type = type, Optional = true };
        return (this with { Engines = Engines.SetItem(engine.Id, engine with { Outputs = engine.Outputs.Add(port) }) })
            .Change(node, spec => spec with { Outputs = spec.Outputs.Add(new() { Port = port.Name, Channel = channel, Type = type }) });
    }

    public TestSession AddStartData(string channel, Payload payload) =>
        this with { Spec = Spec with { StartData = Spec.StartData.Add(new() { Channel = channel, Payload = payload }) } };

    public TestSession AddWebhook(WebhookSpec webhook) =>
        this with { Spec = Spec with { Webhooks = Spec.Webhooks.Add(webhook) } };

    public TestSession Change(int node, Func<NodeSpec, NodeSpec> change) =>
        this with { Spec = Spec with { Nodes = Spec.Nodes.SetItem(node, change(Spec.Nodes[node])) } };

    public TestSession ChangeChannel(int channel, Func<ChannelSpec, ChannelSpec> change) =>
        this with { Spec = Spec with { Channels = Spec.Channels.SetItem(channel, change(Spec.Channels[channel])) } };
}
