using System.CommandLine;
using System.Text.Json;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;
using BlueEdge.Tool.Output;
using BlueEdge.Tool.Results;

namespace BlueEdge.Tool.Sessions;

/// <summary><c>run</c>: submits a session, and waits for its end where asked to.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = SessionFile.Description };
    private static readonly Option<string[]> Inputs = SessionInput.Option();
    private static readonly Option<bool> Wait = new("--wait", "-w") { Description = "Waits for the end, tells of the way there on stderr, and writes the results." };
    private static readonly Option<DirectoryInfo?> Out = new("--out") { Description = "Writes the results into files of this folder instead of stdout: CHANNEL/0.json and so on. Waits.", HelpName = "DIR" };
    private static readonly Option<bool> StopOnInterrupt = new("--stop-on-interrupt") { Description = "Ctrl-C stops the session too; else it goes on." };
    private static readonly Option<string?> Key = new("--key") { Description = "The Idempotency-Key: the same key and file give the same session. One of its own unless given.", HelpName = "KEY" };

    public static Command Create() => new Command("run", "Submits a session.") { File, Inputs, Wait, Out, StopOnInterrupt, Key }.Does(RunAsync);

    private static async Task<int> RunAsync(ToolCall call)
    {
        var file = await SessionFile.ReadAsync(call.Get(File), call.Token);
        var body = await new SessionBody(file, call.Api).MakeAsync((call.Get(Inputs) ?? []).Select(SessionInput.Parse), call.Token);
        call.Token.ThrowIfCancellationRequested();

        // Ctrl-C does not end this call: nobody would know of the session.
        var accepted = await call.Api.SubmitAsync(new(file.Route, body, call.Get(Key) ?? Guid.NewGuid().ToString()), call.TimeToken);
        var session = accepted.Deserialize(ApiJson.Default.SessionInfo) ?? new();
        var folder = call.Get(Out);
        if (!call.Get(Wait) && folder is null)
        {
            SessionEnd.TellWarnings(session.Warnings);
            WriteAccepted(call.Printer, session, accepted);
            return ExitCodes.Finished;
        }

        Progress progress = new();
        SessionWait wait = new(call, session.SessionId) { Changed = (state, _) => progress.Show(state), StopsOnInterrupt = call.Get(StopOnInterrupt) };
        var ended = await wait.ForEndAsync();
        SessionEnd.Tell(ended.Info);
        ResultReader results = new(call, session.SessionId);
        await (folder is null
            ? ResultOutput.WriteAsync(call, ended.Data, results)
            : ResultFiles.WriteAsync(call, ended.Data, results, channel: null, folder));
        return SessionEnd.ExitCode(ended.Info);
    }

    /// <summary>For people the id alone: a script takes it as it is.</summary>
    private static void WriteAccepted(Printer printer, SessionInfo session, JsonElement accepted)
    {
        if (printer.IsTable)
        {
            Printer.WriteText(session.SessionId);
        }
        else
        {
            printer.WriteJson(accepted);
        }
    }
}
