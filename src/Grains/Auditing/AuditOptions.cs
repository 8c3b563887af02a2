using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Grains.Auditing;

/// <summary>How much of the audit is kept. Configured under <c>BlueEdge:Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Audit";

    /// <summary>
    /// About how many records of each kind are kept, the newest; 100,000 by default, which take up to some 30 MB each. Older ones are in the log alone (category <c>BlueEdge.Audit</c>).
    /// </summary>
    [Range(100, 100_000_000)]
    public int MaxRecords { get; set; } = 100_000;
}
