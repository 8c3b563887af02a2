using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Bench.Holding;

/// <summary>Holds its slot until its session is stopped.</summary>
[Engine("hold", Slots = 100_000)]
[Input("In", ChannelType.Json)]
[Output("Out", ChannelType.Json)]
public sealed class HoldEngine(TimeProvider clock) : EngineGrain
{
    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
}
