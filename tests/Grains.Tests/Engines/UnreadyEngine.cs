using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Prepares for ever.</summary>
[Engine("unready", Slots = 8)]
[Input("Control", ChannelType.Json)]
public sealed class UnreadyEngine : EngineGrain
{
    protected override async ValueTask StartAsync(CancellationToken cancellationToken) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);

    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
