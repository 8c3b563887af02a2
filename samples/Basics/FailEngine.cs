using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Samples.Basics;

/// <summary>Fails, with the message that Control <c>{"message": "…"}</c> gives it.</summary>
[Engine("fail", Name = "Fail", Slots = 4)]
[Input("Control", ChannelType.Json, Description = "{\"message\": what to fail with}")]
public sealed class FailEngine : EngineGrain
{
    /// <inheritdoc/>
    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) =>
        throw new BlueEdgeException(input.Json("Control", BasicsJson.Default.FailControl).Message ?? "It was told to fail.");
}
