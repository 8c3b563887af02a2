namespace BlueEdge.Gateway.Quotas;

/// <summary>A tenant has all that it may have. Nothing was done.</summary>
/// <param name="kind">Of what.</param>
/// <param name="tenant">Who.</param>
/// <param name="limit">How much that is.</param>
/// <param name="retryAfter">When there may be some again.</param>
internal sealed class QuotaExceededException(QuotaKind kind, string tenant, double limit, TimeSpan retryAfter) : BlueEdgeException(QuotaWords.MessageOf(kind, tenant, limit))
{
    public QuotaKind Kind => kind;

    public double Limit => limit;

    public TimeSpan RetryAfter => retryAfter;
}
