using System.CommandLine;
using System.Text.Json;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Sessions;

/// <summary><c>stop</c>: ends a session.</summary>
internal static class StopCommand
{
    private static readonly Argument<string> Id = CommonOptions.SessionId();

    /// <summary>How long a session may take to wind down where nobody says.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public static Command Create() => new Command("stop", "Stops a session, and waits until it has ended.") { Id }.Does(StopAsync);

    private static async Task<int> StopAsync(ToolCall call)
    {
        var id = call.Get(Id);
        JsonElement data;
        try
        {
            data = await call.Api.StopAsync(id, (int)Patience.TotalSeconds, call.Token);
        }
        catch (OperationCanceledException) when (call.Token.IsCancellationRequested)
        {
            throw call.Ended($"Session {id} was told to stop: 'blueedge watch {id}' waits for its end.");
        }

        var session = data.Deserialize(ApiJson.Default.SessionInfo) ?? new();
        if (call.Printer.IsTable)
        {
            SessionTables.Write(session);
        }
        else
        {
            SessionJson.Write(call.Printer, data);
        }

        return session.Process.IsOver
            ? ExitCodes.Finished
            : throw new ToolException(ExitCodes.TimeOut, $"Session {id} winds down: 'blueedge watch {id}' waits for its end.");
    }
}
