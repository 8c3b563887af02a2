using System.Diagnostics;
using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.Completion;

public sealed class CompletionTests(EmbeddedProcess server)
{
    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Each_shell_has_a_script(string shell)
    {
        var run = (await ToolProcess.RunAsync(["completion", shell])).Ended(0);

        Assert.Contains("[suggest:", run.Out, StringComparison.Ordinal);
        Assert.Contains(shell is "pwsh" ? "PowerShell" : shell, run.Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blueedge st", "stop")]
    [InlineData("blueedge completion f", "fish")]
    [InlineData("blueedge run --wa", "--wait")]
    [InlineData("blueedge ls -o jsonl", "jsonl")]
    [InlineData("blueedge ls --status proc", "processing")]
    public async Task Bash_completes_what_is_typed(string typed, string completed)
    {
        var folder = Directory.CreateDirectory(server.NewFolder()).FullName;
        var command = Path.Combine(folder, "blueedge");
        await File.WriteAllTextAsync(command, $"#!/bin/sh\nexec dotnet '{ToolProcess.Program}' \"$@\"\n", TestContext.Current.CancellationToken);
        await RunAsync("chmod", "+x", command);

        var script =
            $"""
            set -eu
            PATH='{folder}':$PATH
            source <(blueedge completion bash)
            complete -p blueedge >/dev/null
            COMP_LINE='{typed}' COMP_POINT={typed.Length}
            COMP_WORDS=({typed})
            COMP_CWORD=$(({typed.Split(' ').Length} - 1))
            _blueedge
            printf '%s\n' "$COMPREPLY"
            """;
        Assert.Equal(completed, (await RunAsync("bash", "--norc", "-c", script)).Trim());
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
