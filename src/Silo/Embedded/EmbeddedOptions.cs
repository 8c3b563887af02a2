using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Silo.Embedded;

/// <summary>The embedded mode's settings. Configured under <c>BlueEdge</c>.</summary>
internal sealed class EmbeddedOptions
{
    /// <summary>The folder that outlives the process; <c>data</c> beside where it was started by default.</summary>
    [Required]
    public string DataPath { get; set; } = "data";
}
