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

    /// <summary>Slots that the session needs at once.</summary>
    [JsonPropertyName("needed_slots")]
    public required int NeededSlots { get; init; }

    /// <summary>Slots that those instances have together, free or not; where more are needed, it waits for others to join.</summary>
    public required int Slots { get; init; }

    /// <summary>Slots of the engine that the session's tenant may hold at once, where it is that for which it waits.</summary>
    [JsonPropertyName("tenant_slots")]
    public int? TenantSlots { get; init; }

    public static ShortageResponse From(EngineShortage shortage) => new()
    {
        Engine = shortage.Engine,
        LackingSlots = shortage.LackingSlots,
        Instances = shortage.Instances,
        NeededSlots = shortage.NeededSlots,
        Slots = shortage.Slots,
        TenantSlots = shortage.TenantSlots,
    };
}
