using System.Diagnostics.Tracing;
using System.Globalization;
using BlueEdge.Driver.Processes;
using Microsoft.Diagnostics.NETCore.Client;

namespace BlueEdge.Driver.Subjects;

/// <summary>One core silo, one engine host with engines that hold their slots, a gateway and a Redis: each process's memory apart.</summary>
internal sealed class MemoryCluster(ChildProcess silo, ChildProcess host, int redisPort, string address, string folder)
{
    private const long CollectHeap = 0x800000;

    public string Address { get; } = address;

    public static async Task<MemoryCluster> StartAsync(Workplace place)
    {
        var (redis, port) = await place.StartRedisAsync("redis");
        GC.KeepAlive(redis);
        var silo = await StartAsync("silo", place.Program("CoreSilo", "BlueEdge.CoreSilo"), []);
        var host = await StartAsync("host", place.Program("BenchEngines", "BlueEdge.BenchEngines"), ["host"]);
        var gateway = await StartAsync("gateway", place.Program("Gateway", "BlueEdge.Gateway"), []);
        return new(silo.Process, host.Process, port, gateway.Address, place.Folder);

        async Task<(ChildProcess Process, string Address)> StartAsync(string name, string program, string[] arguments, params (string, string)[] settings)
        {
            var address = $"http://127.0.0.1:{Workplace.FreePort()}";
            var process = place.Start(
                name,
                "dotnet",
                [program, .. arguments],
                [
                    ("ASPNETCORE_URLS", address),
                    ("BlueEdge__Redis", FormattableString.Invariant($"127.0.0.1:{port}")),
                    ("BlueEdge__Blobs__Path", Path.Combine(place.Folder, "blobs")),
                    ("BlueEdge__Cluster__AdvertisedAddress", "127.0.0.1"),
                    ("BlueEdge__Cluster__SiloPort", Workplace.FreePort().ToString(CultureInfo.InvariantCulture)),
                    ("BlueEdge__Cluster__GatewayPort", Workplace.FreePort().ToString(CultureInfo.InvariantCulture)),

                    // A small nursery: else its size, which comes and goes, hides what sessions take.
                    ("DOTNET_GCgen0size", "800000"),
                    .. settings,
                ]);
            await process.AwaitReadyAsync(address + "/health/ready");
            return (process, address);
        }
    }

    /// <summary>What each has once its garbage is gone.</summary>
    public async Task<Memory> ReadAsync()
    {
        await Task.WhenAll(CollectAsync(silo.Id), CollectAsync(host.Id));

        return new(silo.ResidentBytes, host.ResidentBytes, await ReadStoreAsync());
    }

    /// <summary>A session of this event provider begins with a full collection.</summary>
    private static async Task CollectAsync(int process)
    {
        var provider = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectHeap);
        using var session = await new DiagnosticsClient(process).StartEventPipeSessionAsync([provider], requestRundown: false, circularBufferMB: 16, CancellationToken.None);
        var reading = session.EventStream.CopyToAsync(Stream.Null);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await session.StopAsync(CancellationToken.None);
        await reading;
    }

    private async Task<long> ReadStoreAsync()
    {
        await using var client = ChildProcess.Start("redis-cli", "redis-cli", ["-p", redisPort.ToString(CultureInfo.InvariantCulture), "info", "memory"], [], folder);
        var line = (await client.ReadToEndAsync()).Split('\n').First(each => each.StartsWith("used_memory:", StringComparison.Ordinal));
        return long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
    }
}
