using System.ComponentModel.DataAnnotations;

namespace BlueEdge.EngineHost.Engines;

/// <summary>How a process runs engines. Configured under <c>BlueEdge:EngineHost</c>.</summary>
public sealed class EngineHostOptions
{
    /// <summary>How long running sub-sessions have to finish when the process is told to stop; 25 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DrainGrace { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Whether the process tells Kubernetes what the end of its pod would cost, so that idle pods go first; false by default. It wants
    /// <c>POD_NAME</c>, and a service account that may patch the pod.
    /// </summary>
    public bool PodDeletionCost { get; set; }

    /// <summary>Where temporary folders lie; <c>blueedge-USER</c> in the system's folder for temporary files by default.</summary>
    [Required]
    public string TemporaryPath { get; set; } = Path.Combine(Path.GetTempPath(), $"blueedge-{Environment.UserName}");

    /// <summary>Items a reader has room for on each channel; 64 by default, 1,024 where channels are durable.</summary>
    [Range(1, 100_000)]
    public int WindowItems { get; set; } = 64;

    /// <summary>Bytes a reader has room for on each channel; 16 MB by default. One item may exceed it.</summary>
    [Range(1, long.MaxValue)]
    public long WindowBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Threads kept ready for engines that block theirs, so that nothing else in the process waits for one; 16 by default, and never more than there are slots.</summary>
    [Range(0, 10_000)]
    public int BlockingThreads { get; set; } = 16;
}
