using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Bench.Latency;

/// <summary>Says how long items were under way: Result <c>{"items", "p50", "p99", "max"}</c>, in milliseconds, but for the first tenth.</summary>
[Engine("tock")]
[Input("In", ChannelType.Json)]
[Output("Result", ChannelType.Json)]
public sealed class TockEngine(TimeProvider clock) : EngineGrain
{
    private readonly List<double> _milliseconds = [];

    /// <inheritdoc/>
    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        _milliseconds.Add(clock.GetElapsedTime(input.Json<Tick>("In").At).TotalMilliseconds);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        double[] times = [.. _milliseconds.Skip(_milliseconds.Count / 10).Order()];
        await Output("Result").WriteAsync(new { Items = times.Length, P50 = At(0.5), P99 = At(0.99), Max = At(1) }, cancellationToken);

        double At(double part) => times[(int)(part * (times.Length - 1))];
    }
}
