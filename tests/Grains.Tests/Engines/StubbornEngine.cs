using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Never ends, whatever it is told. One slot, so that a test can see it come back.</summary>
[Engine("stubborn", Slots = 1)]
[Input("Control", ChannelType.Json)]
[Output("Out", ChannelType.Json)]
public sealed class StubbornEngine : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        if (input.Json("Control").ValueKind is System.Text.Json.JsonValueKind.True)
        {
            await new TaskCompletionSource().Task;
        }
    }
}
