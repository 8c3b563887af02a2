using System.CommandLine;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Development;

/// <summary><c>dev</c>: runs a program of engines as one process, and says when it takes sessions.</summary>
internal static class DevCommand
{
    private static readonly Argument<string> Project = new("PATH")
    {
        Description = "A project, its folder, or a built program (.dll); the project of this folder unless given.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => ".",
    };

    private static readonly Option<bool> Watch = new("--watch") { Description = "Builds and starts it again whenever its code changes (dotnet watch)." };

    private static readonly Option<string[]> Arguments = new("--arg")
    {
        Description = "An argument for the program; may be given several times.",
        HelpName = "ARGUMENT",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create() => new Command("dev", "Runs engines, store and REST API in one process, at the address of --server.") { Project, Watch, Arguments }.Does(RunAsync);

    private static async Task<int> RunAsync(ToolCall call)
    {
        using var program = DevProgram.Start([.. DevProgram.CommandFor(call.Get(Project), call.Get(Watch)), .. call.Get(Arguments) ?? []], call.Server);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.Token);
        var telling = new DevReadiness(call).TellAsync(ended.Token);
        try
        {
            return await program.WaitForEndAsync(call.Token);
        }
        catch (OperationCanceledException) when (call.Token.IsCancellationRequested)
        {
            await program.StopAsync();
            throw call.Ended();
        }
        finally
        {
            await ended.CancelAsync();
            await telling;
        }
    }
}
