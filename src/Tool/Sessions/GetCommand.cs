using System.CommandLine;
using System.Text.Json;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Sessions;

/// <summary><c>get</c>: where a session stands.</summary>
internal static class GetCommand
{
    private static readonly Argument<string> Id = CommonOptions.SessionId();

    public static Command Create() => new Command("get", "Says where a session stands.") { Id }.Does(GetAsync);

    private static async Task<int> GetAsync(ToolCall call)
    {
        var data = await call.Api.ReadAsync(call.Get(Id), waitSeconds: 0, call.Token);
        if (call.Printer.IsTable)
        {
            SessionTables.Write(data.Deserialize(ApiJson.Default.SessionInfo) ?? new());
        }
        else
        {
            SessionJson.Write(call.Printer, data);
        }

        return ExitCodes.Finished;
    }
}
