using System.ComponentModel.DataAnnotations;
using BlueEdge.Store.Sqlite.Storage;

namespace BlueEdge.Embedded.Modes;

/// <summary>What the host is. Configured under <c>BlueEdge</c>; read before there is a container.</summary>
internal sealed class ModeOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge";

    /// <summary>Embedded by default.</summary>
    public SiloMode Mode { get; set; } = SiloMode.Embedded;

    /// <summary>The folder that outlives the embedded mode's process; <c>data</c> beside where it was started by default.</summary>
    [Required]
    public string DataPath { get; set; } = "data";

    /// <summary>
    /// What the embedded mode's answers outlive: <c>Process</c>, the default, the end of the process, however it comes; <c>Machine</c>
    /// the loss of power too, and each group of writes waits for the disk.
    /// </summary>
    public StoreDurability Durability { get; set; } = StoreDurability.Process;
}
