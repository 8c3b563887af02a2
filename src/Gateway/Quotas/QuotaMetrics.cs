using System.Diagnostics.Metrics;

namespace BlueEdge.Gateway.Quotas;

/// <summary>What a gateway counts of quotas.</summary>
internal sealed class QuotaMetrics
{
    public const string MeterName = "BlueEdge.Quotas";

    private readonly Counter<long> _refused;

    public QuotaMetrics(IMeterFactory meters) =>
        _refused = meters.Create(MeterName).CreateCounter<long>("blueedge.quotas.refused", "{request}", "Requests that were refused for a quota of their tenant");

    public void Refused(string tenant, QuotaKind kind) => _refused.Add(1, new KeyValuePair<string, object?>("tenant", tenant), new("quota", QuotaWords.NameOf(kind)));
}
