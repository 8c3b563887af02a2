using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scheduling;

/// <summary>An engine instance's record, as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.stored-instance")]
public sealed record StoredInstance
{
    /// <summary>The record that it gave of itself.</summary>
    [Id(0)]
    public required InstanceAttendance Attendance { get; init; }

    /// <summary>Whether it takes no new leases.</summary>
    [Id(1)]
    public required bool Draining { get; init; }

    /// <summary>Whether it ever had a lease: what its engine loads on first use is there.</summary>
    [Id(2)]
    public required bool Warm { get; init; }

    internal static StoredInstance Of(Instance instance) =>
        new() { Attendance = instance.Attendance, Draining = instance.Draining, Warm = instance.Warm };
}
