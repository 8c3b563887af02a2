using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Bench.Latency;

/// <summary>Writes items that bear the time, at a steady pace: Control <c>{"items": 1000, "perSecond": 200}</c>.</summary>
[Engine("tick")]
[Input("Control", ChannelType.Json)]
[Output("Out", ChannelType.Json)]
public sealed class TickEngine(TimeProvider clock) : EngineGrain
{
    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var pace = input.Json<Pace>("Control");
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / pace.PerSecond), clock);
        for (var item = 0; item < pace.Items; item++)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            await Output("Out").WriteAsync(new Tick(clock.GetTimestamp()), cancellationToken);
        }
    }
}
