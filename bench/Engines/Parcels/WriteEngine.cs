using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Bench.Parcels;

/// <summary>Writes parcels: Control <c>{"items": 1000, "bytes": 1024, "perSecond": 200}</c>, with 0 a second as fast as there is room.</summary>
[Engine("write")]
[Input("Control", ChannelType.Json)]
[Output("Out", ChannelType.File)]
public sealed class WriteEngine(TimeProvider clock) : EngineGrain
{
    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) =>
        await input.Json<ParcelOrder>("Control").WriteAsync(
            clock, parcel => Output("Out").WriteAsync(parcel, "application/octet-stream", cancellationToken), cancellationToken);
}
