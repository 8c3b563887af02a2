using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Gateway.Quotas;

/// <summary>
/// How much a tenant may take. Configured under <c>BlueEdge:Quotas:Default</c> for each that has no own, and under <c>BlueEdge:Quotas:Tenants:{tenant}</c>.
/// 0 is without a limit. What a tenant's own section does not say is as in the default one, and what that one does not say as <see cref="QuotaTable"/> has it.
/// </summary>
public sealed class TenantQuotaOptions
{
    /// <summary>Submissions a second, over all gateways.</summary>
    [Range(0.0, 1_000_000.0)]
    public double? SubmissionsPerSecond { get; set; }

    /// <summary>How many submissions may come at once after a pause; as many as in a second unless given.</summary>
    [Range(0, 1_000_000)]
    public int? SubmissionBurst { get; set; }

    /// <summary>Sessions that wait or run.</summary>
    [Range(0, 100_000_000)]
    public int? OpenSessions { get; set; }

    /// <summary>Bytes of the bodies of submissions, of items and of uploads, from midnight to midnight UTC.</summary>
    [Range(0, long.MaxValue)]
    public long? PayloadBytesPerDay { get; set; }

    /// <summary>Bytes of uploads that are stored.</summary>
    [Range(0, long.MaxValue)]
    public long? BlobBytes { get; set; }

    /// <summary>Sockets and event streams that are open.</summary>
    [Range(0, 10_000_000)]
    public int? LiveConnections { get; set; }
}
