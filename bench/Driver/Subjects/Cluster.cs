using System.Globalization;
using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>A cluster of processes as scripts/cluster starts it, on its Redis and without Kafka.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const double TicksPerSecond = 100;

    private readonly Workplace _place;
    private readonly string _folder;

    private Cluster(Workplace place, string folder) => (_place, _folder) = (place, folder);

    public static async Task<Subject> StartAsync(Workplace place, int silos, int hosts)
    {
        var name = FormattableString.Invariant($"silos-{silos}-hosts-{hosts}");
        var cluster = place.Add(new Cluster(place, place.NewFolder(name)));
        var output = await cluster.RunScriptAsync(
            "up", "--silos", silos.ToString(CultureInfo.InvariantCulture), "--hosts", hosts.ToString(CultureInfo.InvariantCulture), "--gateways", "1", "--no-kafka", "--no-build");
        var address = output.Split('\n').First(line => line.StartsWith("gateway-1 ", StringComparison.Ordinal)).Split(' ')[1];
        var status = await cluster.RunScriptAsync("status");
        int[] processes = [.. status.Split('\n').Select(ProcessOf).OfType<int>()];
        var load = await place.StartRelayLoadAsync(name, address);
        return new(name, load, () => processes.Sum(CpuSeconds));
    }

    public async ValueTask DisposeAsync() => await RunScriptAsync("down");

    private async Task<string> RunScriptAsync(string command, params string[] options)
    {
        await using var script = ChildProcess.Start(
            "cluster-" + command, "bash", [Path.Combine(_place.Root, "scripts", "cluster"), "--dir", _folder, command, .. options], [], _place.Folder);
        return await script.ReadToEndAsync();
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
