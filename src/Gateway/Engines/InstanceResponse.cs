using BlueEdge.Scheduling;

namespace BlueEdge.Gateway.Engines;

/// <summary>One running host of an engine.</summary>
internal sealed record InstanceResponse
{
    /// <summary>Its id.</summary>
    public required string Instance { get; init; }

    /// <summary>The host it runs on.</summary>
    public required string Host { get; init; }

    /// <summary><c>ready</c>, or <c>draining</c>: it takes no new work and leaves when it has finished what it has.</summary>
    public required string Status { get; init; }

    /// <summary>How many sub-sessions it runs at once.</summary>
    public required int Slots { get; init; }

    /// <summary>Slots that are leased.</summary>
    public required int Busy { get; init; }

    /// <summary>Slots that a session can get now: none where it drains.</summary>
    public required int Free { get; init; }

    public static InstanceResponse From(InstanceSnapshot instance) => new()
    {
        Instance = instance.Instance,
        Host = instance.Host,
        Status = instance.Draining ? "draining" : "ready",
        Slots = instance.Slots,
        Busy = instance.Busy,
        Free = instance.Draining ? 0 : Math.Max(0, instance.Slots - instance.Busy),
    };
}
