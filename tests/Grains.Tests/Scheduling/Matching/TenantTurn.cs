namespace BlueEdge.Grains.Tests.Scheduling.Matching;

/// <summary>What a tenant was given of an engine.</summary>
internal sealed class TenantTurn
{
    /// <summary>What a slot counts for a tenant of weight 1: the weights used divide it.</summary>
    public const int OfSlot = 6;

    /// <summary>Slots, divided by its weight.</summary>
    public int Given { get; set; }

    /// <summary>How many sessions had started on the engine when one of its own did last, or when it began to wait.</summary>
    public int ServedAt { get; set; }
}
