using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>Blocks in its constructor, as one does that loads a model, until the test lets it go.</summary>
[Engine("slowly-made")]
[Output("Out", ChannelType.Json)]
public sealed class SlowlyMadeEngine : EngineGrain
{
    public SlowlyMadeEngine(SlowMaking making) => making.Wait();

    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
