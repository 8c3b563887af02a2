using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Writes its attempt's number, warns of it, and fails in the attempts before the one that Control names.</summary>
[Engine("flaky", Slots = 8)]
[Input("Control", ChannelType.Json)]
[Output("Out", ChannelType.Json)]
public sealed class FlakyEngine : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        await Output("Out").WriteAsync(Session.Epoch, cancellationToken);
        await WarnAsync("flaky", $"This is attempt {Session.Epoch}.", cancellationToken);
        if (Session.Epoch < input.Json<int>("Control"))
        {
            throw new BlueEdgeException($"attempt {Session.Epoch} is not good enough");
        }
    }
}
