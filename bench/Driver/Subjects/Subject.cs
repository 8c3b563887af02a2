using System.Text.Json;
using BlueEdge.Driver.Processes;
using BlueEdge.Load;

namespace BlueEdge.Driver.Subjects;

/// <summary>What is measured: the processes that serve, and the process that loads them.</summary>
internal sealed class Subject(string name, ChildProcess load, IReadOnlyList<ChildProcess> servers)
{
    public string Name { get; } = name;

    /// <summary>What the servers have taken of the processors so far, in seconds.</summary>
    public double ServerCpuSeconds => servers.Sum(server => server.CpuSeconds);

    /// <summary>Has the load do a turn.</summary>
    public async Task<Turn> RunAsync(LoadRequest request)
    {
        var before = ServerCpuSeconds;
        await load.WriteLineAsync(JsonSerializer.Serialize(request, LoadJson.Default.LoadRequest));
        var patience = request.Count is null ? TimeSpan.FromSeconds(120 + request.WarmUp + request.Seconds) : TimeSpan.FromMinutes(30);
        var report = JsonSerializer.Deserialize(await load.ReadLineAsync(patience), LoadJson.Default.LoadReport)
            ?? throw new BenchException($"The load on {Name} reported nothing.");
        return report.Error is null
            ? new(report, ServerCpuSeconds - before)
            : throw new BenchException($"{Name}: {report.Error}");
    }
}
