using System.CommandLine;
using System.Text.Json;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;
using BlueEdge.Tool.Output;

namespace BlueEdge.Tool.Sessions;

/// <summary><c>ls</c>: what sessions there are.</summary>
internal static class ListCommand
{
    private static readonly Option<string?> Status = new("--status")
    {
        Description = "Only sessions in this status.",
        HelpName = "STATUS",
        CompletionSources = { "pending", "queuing", "processing", "stopping", "finished", "failed", "canceled" },
    };

    private static readonly Option<string?> Engine = new("--engine") { Description = "Only sessions with a node of this engine.", HelpName = "ENGINE" };
    private static readonly Option<int?> Most = new("--limit", "-n") { Description = "At most so many; all unless given.", HelpName = "N", Validators = { CheckMost } };

    public static Command Create() => new Command("ls", "Lists sessions, the newest first.") { Status, Engine, Most }.Does(ListAsync);

    private static async Task<int> ListAsync(ToolCall call)
    {
        var sessions = call.Api.ListAsync(call.Get(Status), call.Get(Engine), call.Token).Take(call.Get(Most) ?? int.MaxValue);
        if (call.Printer.Format is OutputFormat.JsonLines)
        {
            await foreach (var session in sessions)
            {
                call.Printer.WriteJson(session);
            }

            return ExitCodes.Finished;
        }

        var all = await sessions.ToListAsync(call.Token);
        if (call.Printer.IsTable)
        {
            SessionTables.Write(all.Select(session => session.Deserialize(ApiJson.Default.SessionInfo) ?? new()));
        }
        else
        {
            call.Printer.WriteJson(json => JsonSerializer.Serialize(json, all, ApiJson.Default.ListJsonElement));
        }

        return ExitCodes.Finished;
    }

    private static void CheckMost(System.CommandLine.Parsing.OptionResult result)
    {
        if (result.GetValueOrDefault<int?>() < 1)
        {
            result.AddError("--limit is 1 or more.");
        }
    }
}
