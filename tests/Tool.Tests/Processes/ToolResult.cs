using System.Text.Json;
using System.Text.RegularExpressions;

namespace BlueEdge.Tool.Tests.Processes;

/// <summary>What a run of the tool left.</summary>
public sealed partial record ToolResult(int ExitCode, string Out, string Error)
{
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Stdout as the one JSON value that it has to be.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Out);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Stdout as one JSON value a line.</summary>
    public IReadOnlyList<JsonElement> JsonLines => [.. Lines.Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>The session of which it says that it goes on.</summary>
    public string SessionThatGoesOn => GoesOn().Match(Error).Groups["id"].Value;

    /// <summary>Checks how it ended, and shows what it said where it ended otherwise.</summary>
    public ToolResult Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"The exit code is {ExitCode} and not {exitCode}.\n{Out}\n{Error}");
        return this;
    }

    [GeneratedRegex("Session (?<id>[0-9a-f]{32}) goes on", RegexOptions.None, 1_000)]
    private static partial Regex GoesOn();
}
