using System.Reflection;
using System.Runtime.CompilerServices;
using BlueEdge.Engines;
using BlueEdge.Sessions;

namespace BlueEdge.Contracts;

/// <summary>
/// What processes of two versions tell each other, and what a store holds, keeps its meaning: each assembly's contract lies beside its
/// project. New lines are put there with BLUEEDGE_UPDATE_CONTRACTS=1; a line that changes or goes is for a person to decide, who edits
/// the file.
/// </summary>
public sealed class WireContractTests
{
    public static TheoryData<string> Assemblies { get; } = new("Grains.Abstractions", "Grains", "EngineHost", "Streaming.Kafka");

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task Numbers_and_names_keep_their_meaning(string project)
    {
        var file = FileOf(project);
        var recorded = File.Exists(file) ? Parse(await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)) : [];
        var found = WireContract.Of(AssemblyOf(project));
        if (Environment.GetEnvironmentVariable("BLUEEDGE_UPDATE_CONTRACTS") == "1")
        {
            recorded = new(found.Concat(recorded.Where(line => !found.ContainsKey(line.Key))).Select(line => new KeyValuePair<string, string>(line.Key, recorded.GetValueOrDefault(line.Key, line.Value))), StringComparer.Ordinal);
            await File.WriteAllLinesAsync(file, recorded.OrderBy(line => line.Key, StringComparer.Ordinal).Select(line => $"{line.Key} = {line.Value}"), TestContext.Current.CancellationToken);
        }

        Assert.True(found.Count > 0, $"Nothing was found in {project}.");
        Assert.Empty(recorded.Where(line => !found.TryGetValue(line.Key, out var now) || now != line.Value)
            .Select(line => $"'{line.Key}' meant '{line.Value}' and now means '{found.GetValueOrDefault(line.Key, "nothing")}': processes and stores of the version before would misread it."));
        Assert.Empty(found.Keys.Where(key => !recorded.ContainsKey(key)).Select(key => $"'{key}' is new: run the tests once with BLUEEDGE_UPDATE_CONTRACTS=1 and commit {file}."));
    }

    private static Assembly AssemblyOf(string project) => project switch
    {
        "Grains.Abstractions" => typeof(ISessionGrain).Assembly,
        "Grains" => typeof(SessionGrain).Assembly,
        "EngineHost" => typeof(EngineInstanceService).Assembly,
        _ => Assembly.Load(project),
    };

    private static Dictionary<string, string> Parse(string[] lines) =>
        lines.Select(line => line.Split(" = ", 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    private static string FileOf(string project, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src", project, "wire-contract.txt")); // A file lies in a folder.
}
