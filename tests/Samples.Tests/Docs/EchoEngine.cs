using BlueEdge.Engines;

namespace Words;

/// <summary>Passes each item on. It has no attributes: what adds it says what it is.</summary>
public sealed class EchoEngine : EngineGrain
{
    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) =>
        Output("Out").WriteAsync(input.Payload, cancellationToken);
}
