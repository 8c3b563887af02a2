using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Bench.Pictures;

/// <summary>Counts pictures: Result <c>{"pictures", "perSecond"}</c>, from the first to the last.</summary>
[Engine("picture-count")]
[Input("In", ChannelType.Image)]
[Output("Result", ChannelType.Json)]
public sealed class CountEngine(TimeProvider clock) : EngineGrain
{
    private long _first;
    private long _last;
    private int _pictures;

    /// <inheritdoc/>
    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        _last = clock.GetTimestamp();
        _first = _pictures++ == 0 ? _last : _first;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async ValueTask StopAsync(CancellationToken cancellationToken) => await Output("Result").WriteAsync(
        new { Pictures = _pictures, PerSecond = (_pictures - 1) / clock.GetElapsedTime(_first, _last).TotalSeconds }, cancellationToken);
}
