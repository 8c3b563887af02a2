using System.Globalization;
using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>A cluster of processes as scripts/cluster starts it, on its Redis.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const double TicksPerSecond = 100;

    private readonly Workplace _place;
    private readonly string _folder;
    private readonly (string Name, string Value)[] _settings;

    private Cluster(Workplace place, string folder, (string Name, string Value)[] settings) => (_place, _folder, _settings) = (place, folder, settings);

    /// <summary>Where the gateway listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Where the Redis listens.</summary>
    public string Redis => "127.0.0.1:" + ReadFile("ports", "redis").Split('=')[1];

    /// <summary>Where the Kafka listens.</summary>
    /// <exception cref="BenchException">There is none.</exception>
    public string Kafka => ReadFile("kafka.address");

    /// <summary>The folder of large payloads.</summary>
    public string Blobs => Path.Combine(_folder, "blobs");

    public static async Task<(Subject Subject, Cluster Cluster)> StartAsync(Workplace place, int silos, int hosts, params (string Name, string Value)[] settings)
    {
        var name = FormattableString.Invariant($"silos-{silos}-hosts-{hosts}");
        var cluster = await UpAsync(place, name, silos, hosts, ["--no-kafka"], settings);
        var status = await cluster.RunScriptAsync("status");
        int[] processes = [.. status.Split('\n').Select(ProcessOf).OfType<int>()];
        var load = await place.StartRelayLoadAsync(name, cluster.Address);
        return (new(name, load, () => processes.Sum(CpuSeconds)) { Processes = processes.Length }, cluster);
    }

    /// <summary>Starts a cluster with one gateway.</summary>
    public static async Task<Cluster> UpAsync(Workplace place, string name, int silos, int hosts, string[]? options = null, (string Name, string Value)[]? settings = null)
    {
        var cluster = place.Add(new Cluster(place, place.NewFolder(name), settings ?? []));
        var output = await cluster.RunScriptAsync(
            "up", ["--silos", silos.ToString(CultureInfo.InvariantCulture), "--hosts", hosts.ToString(CultureInfo.InvariantCulture), "--gateways", "1", "--no-build", .. options ?? []]);
        cluster.Address = output.Split('\n').First(line => line.StartsWith("gateway-1 ", StringComparison.Ordinal)).Split(' ')[1];
        return cluster;
    }

    public async ValueTask DisposeAsync() => await RunScriptAsync("down");

    private async Task<string> RunScriptAsync(string command, params string[] options)
    {
        await using var script = ChildProcess.Start(
            "cluster-" + command, "bash", [Path.Combine(_place.Root, "scripts", "cluster"), "--dir", _folder, command, .. options], _settings, _place.Folder);
        return await script.ReadToEndAsync();
    }

    private string ReadFile(params string[] path)
    {
        var file = Path.Combine([_folder, .. path]);
        return File.Exists(file)
            ? File.ReadAllText(file).Trim()
            : throw new BenchException($"scripts/cluster has left no {string.Join('/', path)}; cluster-up.log may say why.");
    }

    private static int? ProcessOf(string statusLine) =>
        statusLine.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out var id) ? id : (int?)null).FirstOrDefault(id => id is not null);

    private static double CpuSeconds(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
