using System.Globalization;
using System.Text.Json;
using BlueEdge.Bench.Parcels;
using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>A core silo, a gateway, a Redis and a Kafka, and two engine hosts, near and far, that each have engines of their own.</summary>
internal sealed class TwoHosts(Cluster cluster, IReadOnlyList<ChildProcess> hosts) : IDisposable
{
    private readonly SessionClient _sessions = new(cluster.Address);

    /// <summary>Where the Kafka listens.</summary>
    public string Kafka { get; } = cluster.Kafka;

    public static async Task<TwoHosts> StartAsync(Workplace place)
    {
        var cluster = await Cluster.UpAsync(place, "cluster", silos: 1, hosts: 0);
        return new(cluster, [await StartHostAsync(place, cluster, "near"), await StartHostAsync(place, cluster, "far")]);
    }

    /// <summary>Parcels go through sessions of that body, from one that writes them to one that reads them.</summary>
    public ParcelSubject Subject(string body) => new(BlueEdgeSilo.Name, order => MoveAsync(body, order), hosts);

    public void Dispose() => _sessions.Dispose();

    private async Task<ParcelReport> MoveAsync(string body, ParcelOrder order)
    {
        var result = await _sessions.RunAsync(
            Workplace.Body(body),
            ("items", order.Items.ToString(CultureInfo.InvariantCulture)),
            ("bytes", order.Bytes.ToString(CultureInfo.InvariantCulture)),
            ("perSecond", order.PerSecond.ToString(CultureInfo.InvariantCulture)));
        return result.Deserialize<ParcelReport>(JsonSerializerOptions.Web) ?? throw new BenchException("A session's result is null.");
    }

    private static async Task<ChildProcess> StartHostAsync(Workplace place, Cluster cluster, string side)
    {
        var address = $"http://127.0.0.1:{Workplace.FreePort()}";
        var host = place.Start(
            side,
            "dotnet",
            [place.Program("BenchEngines", "BlueEdge.BenchEngines"), "host", "--Side", side],
            ("ASPNETCORE_URLS", address),
            ("BlueEdge__Redis", cluster.Redis),
            ("BlueEdge__Blobs__Path", cluster.Blobs),
            ("BlueEdge__Kafka__BootstrapServers", cluster.Kafka),
            ("BlueEdge__Channels__Transport", "Durable"),
            ("BlueEdge__Cluster__AdvertisedAddress", "127.0.0.1"),
            ("BlueEdge__Cluster__SiloPort", Workplace.FreePort().ToString(CultureInfo.InvariantCulture)));
        await host.AwaitReadyAsync(address + "/health/ready");
        return host;
    }
}
