using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scheduling;

/// <summary>An engine instance's record, as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.stored-instance")]
internal sealed record StoredInstance
{
    [Id(0)]
    public required InstanceAttendance Attendance { get; init; }

    [Id(1)]
    public required bool Draining { get; init; }

    [Id(2)]
    public required bool Warm { get; init; }

    public static StoredInstance Of(Instance instance) =>
        new() { Attendance = instance.Attendance, Draining = instance.Draining, Warm = instance.Warm };
}
