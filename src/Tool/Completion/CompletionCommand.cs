using System.CommandLine;
using BlueEdge.Tool.CommandLine;
using BlueEdge.Tool.Output;

namespace BlueEdge.Tool.Completion;

/// <summary><c>completion</c>: a script that has a shell complete what is typed, by asking the tool itself.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    private static readonly Argument<string> Shell = new Argument<string>("SHELL")
    {
        Description = "bash: source <(blueedge completion bash); zsh: the same; fish: blueedge completion fish | source; pwsh: blueedge completion pwsh | Out-String | Invoke-Expression.",
    }.AcceptOnlyFromAmong(Shells);

    public static Command Create() => new Command("completion", "Writes a script that has a shell complete what is typed.") { Shell }.Does(WriteAsync);

    private static async Task<int> WriteAsync(ToolCall call)
    {
        await using var script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion.{call.Get(Shell)}")
            ?? throw new InvalidOperationException("A shell is listed, and has no script.");
        using StreamReader reader = new(script);
        Printer.WriteText((await reader.ReadToEndAsync(call.Token)).TrimEnd());
        return ExitCodes.Finished;
    }
}
