using System.CommandLine;
using BlueEdge.Tool.CommandLine;
using BlueEdge.Tool.Output;

namespace BlueEdge.Tool.Sessions;

/// <summary><c>watch</c>: waits for a session's end.</summary>
internal static class WatchCommand
{
    private static readonly Argument<string> Id = CommonOptions.SessionId();
    private static readonly Option<bool> StopOnInterrupt = new("--stop-on-interrupt") { Description = "Ctrl-C stops the session too; else it goes on." };

    public static Command Create() => new Command("watch", "Waits for a session's end, and tells of the way there.") { Id, StopOnInterrupt }.Does(WatchAsync);

    private static async Task<int> WatchAsync(ToolCall call)
    {
        Progress progress = new();
        SessionWait wait = new(call, call.Get(Id))
        {
            StopsOnInterrupt = call.Get(StopOnInterrupt),
            Changed = (session, data) =>
            {
                if (call.Printer.Format is OutputFormat.JsonLines)
                {
                    SessionJson.Write(call.Printer, data);
                }
                else
                {
                    progress.Show(session);
                }
            },
        };
        var ended = await wait.ForEndAsync();
        switch (call.Printer.Format)
        {
            case OutputFormat.Table: SessionTables.Write(ended.Info); break;
            case OutputFormat.Json: SessionJson.Write(call.Printer, ended.Data); break;
            default: break; // Each step was written.
        }

        return SessionEnd.ExitCode(ended.Info);
    }
}
