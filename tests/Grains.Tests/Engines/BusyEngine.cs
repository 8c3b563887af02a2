using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Blocks its thread until it is stopped.</summary>
[Engine("busy", Slots = 8)]
[Input("Control", ChannelType.Json)]
public sealed class BusyEngine : EngineGrain
{
    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        cancellationToken.WaitHandle.WaitOne();
        throw new OperationCanceledException(cancellationToken);
    }
}
