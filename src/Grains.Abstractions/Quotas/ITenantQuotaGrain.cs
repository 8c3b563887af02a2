namespace BlueEdge.Quotas;

/// <summary>
/// What one tenant takes, at all gateways together; its key is the tenant. It lends gateways what they may let by in the coming moment, so
/// that no request asks.
/// </summary>
[Alias("blueedge.tenant-quota")]
public interface ITenantQuotaGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes what a gateway has counted, and lends it what it may let by in the coming <see cref="QuotaGrant.Lasts"/>. A report that is sent again
    /// is counted again.
    /// </summary>
    [Alias("exchange")]
    Task<QuotaGrant> ExchangeAsync(QuotaReport report, CancellationToken cancellationToken);
}
