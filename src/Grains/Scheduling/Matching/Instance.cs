namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>An engine instance that attends.</summary>
internal sealed class Instance(InstanceAttendance attendance, EngineState engine)
{
    public string Id => Attendance.Instance;

    public EngineState Engine => engine;

    public InstanceAttendance Attendance { get; set; } = attendance;

    public bool Draining { get; set; }

    /// <summary>Whether it ever had a lease: what its engine loads on first use is there.</summary>
    public bool Warm { get; set; }

    public int Leased { get; set; }

    /// <summary>Slots for new leases. An instance that came back with fewer slots than leases has none.</summary>
    public int Free => Draining ? 0 : Math.Max(0, Attendance.Slots - Leased);

    /// <summary>The attempts that hold leases of it.</summary>
    public HashSet<Attempt> Attempts { get; } = new(ReferenceEqualityComparer.Instance);
}
