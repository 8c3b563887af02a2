using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Says which item came on which of its two ports.</summary>
[Engine("merge", Slots = 64)]
[Input("A", ChannelType.Json)]
[Input("B", ChannelType.Json, Optional = true)]
[Output("Out", ChannelType.Json)]
public sealed class MergeEngine : EngineGrain
{
    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) =>
        Output("Out").WriteAsync($"{input.Port}:{input.Producer}:{input.Json(input.Port)}", cancellationToken);
}
