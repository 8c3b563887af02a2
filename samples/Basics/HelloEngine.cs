using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Samples.Basics;

/// <summary>Greets: Control <c>{"name": "Ada"}</c> gives Result <c>{"greeting": "Hello, Ada!"}</c>.</summary>
[Engine("hello", Name = "Hello", Slots = 4)]
[Input("Control", ChannelType.Json, Description = "{\"name\": whom to greet}")]
[Output("Result", ChannelType.Json, Description = "{\"greeting\": the greeting}")]
public sealed class HelloEngine : EngineGrain
{
    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var control = input.Json("Control", BasicsJson.Default.HelloControl);
        var name = string.IsNullOrWhiteSpace(control.Name)
            ? throw new BlueEdgeException("Control names nobody. Send {\"name\": \"Ada\"}.")
            : control.Name;
        await Output("Result").WriteAsync(new HelloResult($"Hello, {name}!"), BasicsJson.Default.HelloResult, cancellationToken);
    }
}
