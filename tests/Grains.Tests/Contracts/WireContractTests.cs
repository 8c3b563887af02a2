using System.Reflection;
using System.Runtime.CompilerServices;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Tests.Contracts;

/// <summary>
/// What processes of two versions tell each other, and what a store holds, keeps its meaning: src/wire-contract.txt has all of it. New
/// lines are put there with BLUEEDGE_UPDATE_CONTRACTS=1; a line that changes or goes is for a person to decide, who edits the file.
/// </summary>
public sealed class WireContractTests
{
    /// <summary>A type may move from one to the other: it is known by its alias.</summary>
    private static readonly Assembly[] Assemblies =
        [typeof(ISessionGrain).Assembly, typeof(SessionGrain).Assembly, typeof(EngineInstanceService).Assembly, Assembly.Load("Streaming.Kafka")];

    [Fact]
    public async Task Numbers_and_names_keep_their_meaning()
    {
        var file = ContractFile();
        var recorded = File.Exists(file) ? Parse(await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)) : [];
        var found = WireContract.Of(Assemblies);
        if (Environment.GetEnvironmentVariable("BLUEEDGE_UPDATE_CONTRACTS") == "1")
        {
            foreach (var (name, meaning) in found)
            {
                recorded.TryAdd(name, meaning);
            }

            await File.WriteAllLinesAsync(file, recorded.OrderBy(line => line.Key, StringComparer.Ordinal).Select(line => $"{line.Key} = {line.Value}"), TestContext.Current.CancellationToken);
        }

        Assert.Empty(recorded.Where(line => !found.TryGetValue(line.Key, out var now) || now != line.Value)
            .Select(line => $"'{line.Key}' meant '{line.Value}' and now means '{found.GetValueOrDefault(line.Key, "nothing")}': processes and stores of the version before would misread it."));
        Assert.Empty(found.Keys.Where(key => !recorded.ContainsKey(key)).Select(key => $"'{key}' is new: run the tests once with BLUEEDGE_UPDATE_CONTRACTS=1 and commit {file}."));
    }

    private static Dictionary<string, string> Parse(string[] lines) =>
        lines.Select(line => line.Split(" = ", 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    private static string ContractFile([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/wire-contract.txt")); // A file lies in a folder.
}
