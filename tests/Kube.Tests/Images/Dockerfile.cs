using System.Globalization;
using System.Text.RegularExpressions;

namespace BlueEdge.Kube.Tests.Images;

/// <summary>A Dockerfile's instructions in their order, each on one line.</summary>
internal sealed partial class Dockerfile
{
    private static readonly string[] Secrets = ["PASSWORD", "SECRET", "TOKEN", "APIKEY", "ACCESS_KEY"];
    private readonly List<(string Name, string Text)> _instructions;

    private Dockerfile(string text) => _instructions =
    [
        .. Continuation().Replace(Comment().Replace(text, ""), " ").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', 2))
            .Select(parts => (parts[0].ToUpperInvariant(), parts.Length > 1 ? parts[1].Trim() : "")),
    ];

    public static Dockerfile Parse(string text) => new(text);

    /// <summary>What is wrong with it, a sentence for each thing.</summary>
    public IEnumerable<string> FindFaults()
    {
        var stages = All("FROM").ToList();
        var last = _instructions.FindLastIndex(instruction => instruction.Name is "FROM");
        var final = _instructions.Skip(last + 1).ToList();
        var arguments = All("ARG").Select(argument => argument.Split('=', 2)).ToLookup(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "", StringComparer.Ordinal);
        if (stages.Count < 2 || !final.Exists(each => each.Name is "COPY" && each.Text.StartsWith("--from=", StringComparison.Ordinal)))
        {
            yield return "It has one stage: what builds would be in the image.";
        }

        foreach (var stage in stages)
        {
            var image = Variable().Replace(stage.Split(' ')[0], variable => arguments[variable.Groups["name"].Value].FirstOrDefault() ?? "");
            if (!Tag().IsMatch(image) || image.EndsWith(":latest", StringComparison.Ordinal))
            {
                yield return $"FROM {stage} is '{image}', which says no version.";
            }
        }

        if (!(final.FindLast(each => each.Name is "USER").Text is { } user && int.TryParse(user, CultureInfo.InvariantCulture, out var id) && id > 0))
        {
            yield return "It does not end as a user by number: Kubernetes cannot see that it is not root.";
        }

        if (final.FindAll(each => each.Name is "ENTRYPOINT") is not [var entry] || !entry.Text.StartsWith('['))
        {
            yield return "It has no ENTRYPOINT as a list: a shell would take the signals.";
        }

        if (All("ADD").Any())
        {
            yield return "ADD fetches and unpacks; write COPY.";
        }

        foreach (var folder in All("WORKDIR").Where(folder => !folder.StartsWith('/')))
        {
            yield return $"WORKDIR {folder} depends on what was before.";
        }

        foreach (var run in All("RUN").Where(run => run.Contains("apt-get install", StringComparison.Ordinal)))
        {
            if (!run.Contains("--no-install-recommends", StringComparison.Ordinal) || !run.Contains(" -y", StringComparison.Ordinal) || !run.Contains("rm -rf /var/lib/apt/lists", StringComparison.Ordinal))
            {
                yield return $"RUN {run} installs more than it names, asks, or leaves lists.";
            }
        }

        foreach (var secret in All("ENV").Concat(All("ARG")).Where(text => Array.Exists(Secrets, word => text.Contains(word, StringComparison.OrdinalIgnoreCase))))
        {
            yield return $"{secret}: what is in an image is no secret.";
        }
    }

    /// <summary>The project that it publishes, as a path from where it is built.</summary>
    public string PublishedProject => PublishCommand().Match(All("RUN").First(run => run.Contains("dotnet publish", StringComparison.Ordinal))).Groups["project"].Value;

    /// <summary>The program that it runs.</summary>
    public string Program => ProgramName().Match(All("ENTRYPOINT").Last()).Groups["program"].Value;

    private IEnumerable<string> All(string name) => _instructions.Where(instruction => instruction.Name == name).Select(instruction => instruction.Text);

    [GeneratedRegex(@"^[ \t]*#.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\[ \t]*\r?\n\s*", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Continuation();

    [GeneratedRegex(@"\$\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Variable();

    [GeneratedRegex(@":[\w][\w.-]*$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"dotnet publish ""?(?<project>[\w./-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PublishCommand();

    [GeneratedRegex(@"""(?<program>[\w.-]+)\.dll""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ProgramName();
}
