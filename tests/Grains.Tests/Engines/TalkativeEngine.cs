using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Says as much on its Status output as Control says, one message after the other, and then one of 20 KB.</summary>
[Engine("talkative", Slots = 64)]
[Input("Control", ChannelType.Json)]
[Output("Status", ChannelType.Json)]
public sealed class TalkativeEngine : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        for (var i = 0; i < input.Json<int>("Control"); i++)
        {
            await Output("Status").WriteAsync(new { type = "counted", number = i }, cancellationToken);
        }

        await Output("Status").WriteAsync(new { number = "This has no type." }, cancellationToken);
        await Output("Status").WriteAsync(new { type = "long", text = new string('x', 20_000) }, cancellationToken);
    }
}
