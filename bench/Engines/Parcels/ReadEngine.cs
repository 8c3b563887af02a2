using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Bench.Parcels;

/// <summary>Reads parcels, each in its turn: Result <c>{"items", "bytes", "perSecond", "p50", "p99"}</c>, times in milliseconds.</summary>
[Engine("read")]
[Input("In", ChannelType.File)]
[Output("Result", ChannelType.Json)]
public sealed class ReadEngine(TimeProvider clock) : EngineGrain
{
    private readonly ParcelLog _log = new(clock);

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) =>
        _log.Add((await input.ReadAsync(cancellationToken)).Span);

    /// <inheritdoc/>
    protected override async ValueTask StopAsync(CancellationToken cancellationToken) =>
        await Output("Result").WriteAsync(_log.ToReport(), cancellationToken);
}
