using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>Processes that count what they do, by the hook of <c>bench/Counting</c>, and the Redis that they share.</summary>
internal sealed class Counted(Workplace place, string name)
{
    private readonly string _folder = place.NewFolder(name + "-counts");

    /// <summary>What the processes are to be started with.</summary>
    public (string Name, string Value)[] Settings => [("DOTNET_STARTUP_HOOKS", place.Program("Counting", "BlueEdge.Counting")), ("BLUEEDGE_COUNTS", _folder)];

    /// <summary>The port of the Redis, where there is one.</summary>
    public string? RedisPort { get; set; }

    /// <summary>All counts so far, summed over the processes.</summary>
    public async Task<IReadOnlyDictionary<string, double>> ReadAsync()
    {
        Dictionary<string, double> sums = new(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(_folder, "*.sock"))
        {
            foreach (var (count, value) in await ReadAsync(path))
            {
                sums[count] = sums.GetValueOrDefault(count) + value;
            }
        }

        foreach (var (count, value) in RedisPort is null ? [] : await ReadRedisAsync(RedisPort))
        {
            sums[count] = value;
        }

        return sums.Count > 0 ? sums : throw new BenchException($"No process of {name} counts anything.");
    }

    private static async Task<Dictionary<string, double>> ReadAsync(string path)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await using NetworkStream stream = new(socket);
        return await JsonSerializer.DeserializeAsync<Dictionary<string, double>>(stream) ?? throw new BenchException($"{path} says nothing.");
    }

    /// <summary>Commands by name, those in scripts too, and bytes each way.</summary>
    private async Task<IEnumerable<(string Count, double Value)>> ReadRedisAsync(string port)
    {
        await using var client = ChildProcess.Start("redis-cli", "redis-cli", ["-p", port, "info", "all"], [], place.Folder);
        var lines = (await client.ReadToEndAsync()).Split('\n', StringSplitOptions.TrimEntries);
        return
        [
            .. from line in lines
               where line.StartsWith("cmdstat_", StringComparison.Ordinal) && !line.StartsWith("cmdstat_info:", StringComparison.Ordinal)
               let parts = line.Split(':', '=', ',')
               select ("redis " + parts[0]["cmdstat_".Length..], Number(parts[2])),
            .. from line in lines
               where line.StartsWith("total_net_", StringComparison.Ordinal)
               let parts = line.Split(':')
               select ("redis " + parts[0], Number(parts[1])),
        ];

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
