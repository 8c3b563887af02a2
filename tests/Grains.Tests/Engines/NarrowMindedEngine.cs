using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Takes any item but poison.</summary>
[Engine("narrow-minded", Slots = 8)]
[Input("Control", ChannelType.Json)]
internal sealed class NarrowMindedEngine : EngineGrain
{
    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) =>
        input.Json<string>("Control") == "poison" ? throw new InvalidOperationException("It has no word for it.") : ValueTask.CompletedTask;
}
