using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Has one slot, and holds it until it is stopped; or until it fails, after Control's number of milliseconds.</summary>
[Engine("narrow")]
[Input("Control", ChannelType.Json)]
internal sealed class NarrowEngine : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(input.Json<int>("Control")), TimeProvider.System, cancellationToken);
        throw new InvalidOperationException("It was to fail.");
    }
}
