using System.Globalization;
using Grpc.Core;

namespace BlueEdge.CoreSilo.Scaling;

/// <summary>What a ScaledObject says of the engine that it scales.</summary>
/// <param name="ScaledObject">Its namespace and name.</param>
/// <param name="Engine">The engine's id: <c>engineId</c> of the trigger's metadata.</param>
/// <param name="Slots">Slots an instance, where the trigger says so: <c>slots</c>.</param>
internal sealed record ScalerTrigger(string ScaledObject, string Engine, int? Slots)
{
    private const string EngineKey = "engineId";
    private const string SlotsKey = "slots";

    /// <exception cref="RpcException">The metadata make no sense; says what to write.</exception>
    public static ScalerTrigger Of(ScaledObjectRef? scaled)
    {
        var name = $"{scaled?.Namespace}/{scaled?.Name}";
        if (scaled is null || !scaled.ScalerMetadata.TryGetValue(EngineKey, out var engine) || string.IsNullOrWhiteSpace(engine))
        {
            throw Invalid($"The trigger of ScaledObject '{name}' names no engine: write its id as {EngineKey} into the trigger's metadata.");
        }

        if (!scaled.ScalerMetadata.TryGetValue(SlotsKey, out var text))
        {
            return new(name, engine.Trim(), Slots: null);
        }

        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var slots) && slots > 0
            ? new(name, engine.Trim(), slots)
            : throw Invalid($"The trigger of ScaledObject '{name}' has '{text}' as {SlotsKey}: write how many sub-sessions one instance of '{engine}' runs at once, 1 or more, or leave it out to take it from the engine's definition.");
    }

    private static RpcException Invalid(string message) => new(new(StatusCode.InvalidArgument, message));
}
