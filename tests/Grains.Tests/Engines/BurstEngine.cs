using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Writes the numbers from 0 to below Control.</summary>
[Engine("burst", Slots = 64)]
[Input("Control", ChannelType.Json)]
[Output("Out", ChannelType.Json)]
public sealed class BurstEngine : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        for (var i = 0; i < input.Json<int>("Control"); i++)
        {
            await Output("Out").WriteAsync(i, cancellationToken);
        }
    }
}
