using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Passes its first item on and waits until it is stopped; for ever, whatever it is told, where that is the text <c>stubborn</c>.</summary>
[Engine("holding", Slots = 8)]
[Input("In", ChannelType.Json)]
[Output("Out", ChannelType.Json)]
public sealed class HoldingEngine : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        await Output("Out").WriteAsync(input.Payload, cancellationToken);
        var isStubborn = input.Json("In").ValueKind is System.Text.Json.JsonValueKind.String;
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, isStubborn ? CancellationToken.None : cancellationToken);
    }
}
