using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Samples.Basics;

/// <summary>Holds its slot for a while: Control <c>{"seconds": 0.5}</c> gives Result <c>{"seconds": 0.5}</c> afterwards.</summary>
[Engine("delay", Name = "Delay", Slots = 4)]
[Input("Control", ChannelType.Json, Description = "{\"seconds\": how long, fractions too}")]
[Output("Result", ChannelType.Json, Description = "{\"seconds\": how long it was}")]
public sealed class DelayEngine(TimeProvider clock) : EngineGrain
{
    private const double LongestSeconds = 86_400;

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var seconds = input.Json("Control", BasicsJson.Default.DelayControl).Seconds is { } given and >= 0 and <= LongestSeconds
            ? given
            : throw new BlueEdgeException($"Control wants {{\"seconds\": a number from 0 to {LongestSeconds}}}.");
        await Task.Delay(TimeSpan.FromSeconds(seconds), clock, cancellationToken);
        await Output("Result").WriteAsync(new DelayResult(seconds), BasicsJson.Default.DelayResult, cancellationToken);
    }
}
