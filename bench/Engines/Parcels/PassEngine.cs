using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Bench.Parcels;

/// <summary>Passes each parcel on as it came.</summary>
[Engine("pass", Slots = 4)]
[Input("In", ChannelType.File)]
[Output("Out", ChannelType.File)]
public sealed class PassEngine : EngineGrain
{
    /// <inheritdoc/>
    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) =>
        Output("Out").WriteAsync(input.Payload, cancellationToken);
}
