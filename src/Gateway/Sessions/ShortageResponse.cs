using System.Text.Json.Serialization;
using BlueEdge.Scheduling;

namespace BlueEdge.Gateway.Sessions;

/// <summary>An engine that a pending session waits for.</summary>
internal sealed record ShortageResponse
{
    /// <summary>The engine's id.</summary>
    public required string Engine { get; init; }

    /// <summary>Slots needed beyond those free; 0 where only its turn is missing.</summary>
    [JsonPropertyName("lacking_slots")]
    public required int LackingSlots { get; init; }

    /// <summary>Instances that take sessions now; 0 says that none runs.</summary>
    public required int Instances { get; init; }

    public static ShortageResponse From(EngineShortage shortage) =>
        new() { Engine = shortage.Engine, LackingSlots = shortage.LackingSlots, Instances = shortage.Instances };
}
