using BlueEdge.Grains.Scheduling;

namespace BlueEdge.Grains.Tests.Scheduling.Matching;

/// <summary>An instance in the ledger.</summary>
internal sealed class Host(InstanceAttendance attendance)
{
    public InstanceAttendance Attendance { get; set; } = attendance;

    public string Engine => Attendance.Engine.Id;

    public bool Draining { get; set; }

    public bool Warm { get; set; }

    public int Leased { get; set; }

    public int Free => Draining ? 0 : Math.Max(0, Attendance.Slots - Leased);
}
