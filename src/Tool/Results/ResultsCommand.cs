using System.CommandLine;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Results;

/// <summary><c>results</c>: what a session has written so far.</summary>
internal static class ResultsCommand
{
    private static readonly Argument<string> Id = CommonOptions.SessionId();
    private static readonly Argument<string?> Channel = new("CHANNEL") { Description = "The channel; all that the session keeps unless given.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<DirectoryInfo?> Out = new("--out") { Description = "Writes them into files of this folder: CHANNEL/0.json and so on.", HelpName = "DIR" };

    public static Command Create() => new Command("results", "Reads the results of a session, during the run or after it.") { Id, Channel, Out }.Does(ReadAsync);

    private static async Task<int> ReadAsync(ToolCall call)
    {
        ResultReader results = new(call, call.Get(Id));
        await (call.Get(Out) is { } folder
            ? ResultFiles.WriteAsync(call, session: null, results, call.Find(Channel), folder)
            : ResultOutput.WriteAsync(call.Printer, results, call.Find(Channel)));
        return ExitCodes.Finished;
    }
}
