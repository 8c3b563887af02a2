using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Writes the numbers from 0 to below Control to its two outputs in turns.</summary>
[Engine("two-outputs", Slots = 64)]
[Input("Control", ChannelType.Json)]
[Output("Even", ChannelType.Json)]
[Output("Odd", ChannelType.Json)]
public sealed class TwoOutputsEngine : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        for (var i = 0; i < input.Json<int>("Control"); i++)
        {
            await Output(i % 2 == 0 ? "Even" : "Odd").WriteAsync(i, cancellationToken);
        }
    }
}
