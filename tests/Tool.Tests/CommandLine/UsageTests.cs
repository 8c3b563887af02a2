using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.CommandLine;

public sealed class UsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("get")]
    [InlineData("ls --bogus")]
    [InlineData("ls -o yaml")]
    [InlineData("ls --timeout soon")]
    [InlineData("ls --server ftp://a")]
    [InlineData("completion tcsh")]
    public async Task A_wrong_command_line_is_told_on_stderr_and_says_where_help_is(string arguments)
    {
        var run = (await ToolProcess.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Ended(2);

        Assert.Empty(run.Out);
        Assert.Contains("error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--help' says what there is.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_the_environment_is_checked_too() =>
        (await ToolProcess.RunAsync(["ls"], environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["BLUEEDGE_SERVER"] = "ftp://a" })).Ended(2);

    [Fact]
    public async Task Help_lists_every_command()
    {
        var run = (await ToolProcess.RunAsync(["--help"])).Ended(0);

        Assert.All(
            (string[])["dev", "run", "validate", "ls", "get", "watch", "stop", "results", "webhooks", "engines", "doctor", "completion"],
            command => Assert.Contains(run.Lines, line => line.TrimStart().StartsWith(command, StringComparison.Ordinal)));
    }
}
