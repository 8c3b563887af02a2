namespace BlueEdge.Hosting.Telemetry;

/// <summary>What a process tells of itself besides what OpenTelemetry's own variables say. Configured under <c>BlueEdge:Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Telemetry";

    /// <summary>
    /// Whether <c>/metrics</c> is served for Prometheus. By default it is in a cluster, and not in the embedded mode, whose idle process
    /// it would make larger by 30 MB. It says nothing of sessions, but who reaches the process can read it.
    /// </summary>
    public bool? Metrics { get; set; }
}
