using System.Text.Json;
using BlueEdge.Driver.Processes;
using BlueEdge.Load;

namespace BlueEdge.Driver.Subjects;

/// <summary>What is measured: the processes that serve, and the process that loads them.</summary>
/// <param name="name">What it is called.</param>
/// <param name="load">The process that loads it.</param>
/// <param name="serverCpuSeconds">What the servers have taken of the processors so far.</param>
internal sealed class Subject(string name, ChildProcess load, Func<double> serverCpuSeconds)
{
    public Subject(string name, ChildProcess load, IReadOnlyList<ChildProcess> servers)
        : this(name, load, () => servers.Sum(server => server.CpuSeconds))
    {
    }

    public string Name { get; } = name;

    /// <summary>Processes that share the machine, each of which compiles its own code while it is warmed up.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Has the load do a turn.</summary>
    public async Task<Turn> RunAsync(LoadRequest request)
    {
        var before = serverCpuSeconds();
        await load.WriteLineAsync(JsonSerializer.Serialize(request, LoadJson.Default.LoadRequest));
        var patience = request.Count is null ? TimeSpan.FromSeconds(120 + request.WarmUp + request.Seconds) : TimeSpan.FromMinutes(30);
        var report = JsonSerializer.Deserialize(await load.ReadLineAsync(patience), LoadJson.Default.LoadReport)
            ?? throw new BenchException($"The load on {Name} reported nothing.");
        return report.Error is null
            ? new(report, serverCpuSeconds() - before)
            : throw new BenchException($"{Name}: {report.Error}");
    }
}
