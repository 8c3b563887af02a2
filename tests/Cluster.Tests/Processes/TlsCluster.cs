using BlueEdge.Silo.Tests.Settings;

namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>A core silo, an engine host and a gateway that speak TLS to each other, with certificates of one authority.</summary>
public sealed class TlsCluster : ProcessCluster
{
    private const string Own = "cluster";

    public TlsCluster()
        : base("--silos", "1", "--hosts", "1", "--gateways", "1", "--no-kafka")
    {
        foreach (var (name, value) in SettingsOf(Authority, Own))
        {
            Settings[name] = value;
        }
    }

    public TestAuthority Authority { get; } = new();

    /// <summary>How a process has a certificate of an authority.</summary>
    public static IReadOnlyDictionary<string, string> SettingsOf(TestAuthority authority, string name)
    {
        var (certificate, key, _) = authority.Issue(name);
        return new Dictionary<string, string>
        {
            ["BlueEdge__Cluster__Tls__Authority"] = authority.Authority,
            ["BlueEdge__Cluster__Tls__Certificate"] = certificate,
            ["BlueEdge__Cluster__Tls__Key"] = key,
        };
    }

    /// <summary>Writes the processes a new certificate; its serial number.</summary>
    public string Renew() => Authority.Issue(Own).Serial;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Authority.Dispose();
    }
}
