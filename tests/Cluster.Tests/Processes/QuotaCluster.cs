using System.Globalization;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>Two gateways that tell callers apart, and hold each tenant but red to a few submissions a second.</summary>
public sealed class QuotaCluster : ProcessCluster
{
    /// <summary>Submissions a second of a tenant.</summary>
    public const int Limit = 50;

    public QuotaCluster()
        : base("--silos", "1", "--hosts", "1", "--gateways", "2", "--no-kafka")
    {
        Settings["BlueEdge__Auth__Mode"] = "Keys";
        Settings["BlueEdge__Auth__BootstrapKey"] = Canaries.Key;
        Settings["BlueEdge__Quotas__Default__SubmissionsPerSecond"] = Limit.ToString(CultureInfo.InvariantCulture);
        Settings["BlueEdge__Quotas__Tenants__red__SubmissionsPerSecond"] = "1000";
    }
}
