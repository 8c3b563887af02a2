namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>The leases that an attempt has of one instance.</summary>
internal sealed class LeaseGroup(EngineState engine, string instanceId, int granted)
{
    public EngineState Engine => engine;

    public string InstanceId => instanceId;

    /// <summary>Null where the instance is gone.</summary>
    public Instance? Instance { get; set; }

    public int Granted { get; set; } = granted;

    /// <summary>How many were given back, or lost with the instance.</summary>
    public int Released { get; set; }

    public int Held => Granted - Released;
}
