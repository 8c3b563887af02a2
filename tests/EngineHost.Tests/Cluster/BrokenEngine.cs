using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>Cannot be made.</summary>
[Engine("broken")]
[Output("Out", ChannelType.Json)]
public sealed class BrokenEngine : EngineGrain
{
    public BrokenEngine() => throw new InvalidOperationException("the model is missing");

    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
