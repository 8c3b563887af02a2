using System.Diagnostics;
using System.Text.RegularExpressions;
using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.CommandLine;

/// <summary>What docs/cli.md tells people to type, and says that they will see.</summary>
public sealed partial class GuideTests(EmbeddedProcess server)
{
    /// <summary>What depends on how busy the server is; the last is in the rows of lists, in which other tests' sessions are too.</summary>
    private static readonly string[] Passing = ["pending", "queuing", "processing", "preparing", "ready", "delay", "Z  "];

    [Fact]
    public async Task The_commands_in_the_guide_say_what_the_guide_says()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "cli.md"), TestContext.Current.CancellationToken);
        var folder = Directory.CreateDirectory(server.NewFolder()).FullName;
        WriteFiles(guide, folder);

        var examples = Examples().Matches(guide);
        var script = string.Join('\n', examples.Select(example => example.Groups["commands"].Value).Where(commands => !commands.Contains("blueedge dev", StringComparison.Ordinal)));
        var said = (await RunAsync(script, folder)).Split('\n').Select(Normal).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(13, examples.Count);
        Assert.All(
            examples.Where(example => !example.Groups["commands"].Value.Contains("blueedge dev", StringComparison.Ordinal))
                .SelectMany(example => example.Groups["said"].Value.Split('\n'))
                .Where(line => !Array.Exists(Passing, word => line.Contains(word, StringComparison.Ordinal))),
            line => Assert.Contains(Normal(line), said));
    }

    private static void WriteFiles(string guide, string folder)
    {
        foreach (Match block in Files().Matches(guide))
        {
            var names = Names().Matches(block.Groups["names"].Value);
            string[] contents = names.Count == 1 ? [block.Groups["content"].Value] : block.Groups["content"].Value.Split('\n');
            foreach (var (name, content) in names.Zip(contents))
            {
                File.WriteAllText(Path.Combine(folder, name.Value), content);
            }
        }
    }

    private async Task<string> RunAsync(string script, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"blueedge() {{ dotnet '{ToolProcess.Program}' \"$@\"; }}\nexec 2>&1\n{script}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
            Environment = { ["BLUEEDGE_SERVER"] = server.Address },
        };
        using var bash = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        var said = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return said;
    }

    /// <summary>A line without what is another each time: ids, numbers, and the room that they take.</summary>
    private static string Normal(string line) => Space().Replace(Changing().Replace(line, "#"), " ").TrimEnd();

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BlueEdge.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests are not run from the repository.");
        }

        return folder;
    }

    [GeneratedRegex(@"```sh\n(?<commands>[^`]*)\n```\n\n```text\n(?<said>[^`]*)\n```", RegexOptions.None, 1_000)]
    private static partial Regex Examples();

    [GeneratedRegex(@"\n(?<names>(`\w+\.json`(, )?)+)\n\n```json\n(?<content>[^`]*)\n```", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Files();

    [GeneratedRegex(@"\w+\.json", RegexOptions.None, 1_000)]
    private static partial Regex Names();

    [GeneratedRegex("[0-9a-f]{32}|[0-9]+", RegexOptions.None, 1_000)]
    private static partial Regex Changing();

    [GeneratedRegex(" +", RegexOptions.None, 1_000)]
    private static partial Regex Space();
}
