using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Samples.Basics;

/// <summary>Passes each item on as it came.</summary>
[Engine("relay", Name = "Relay", Slots = 256)]
[Input("In", ChannelType.Json, ByReference = true)]
[Output("Out", ChannelType.Json)]
public sealed class RelayEngine : EngineGrain
{
    /// <inheritdoc/>
    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) =>
        Output("Out").WriteAsync(input.Payload, cancellationToken);
}
