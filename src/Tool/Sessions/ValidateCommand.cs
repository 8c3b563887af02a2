using System.CommandLine;
using System.Text.Json;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;
using BlueEdge.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BlueEdge.Tool.Sessions;

/// <summary><c>validate</c>: says all that is wrong with a session, and runs nothing.</summary>
internal static class ValidateCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = SessionFile.Description };
    private static readonly Option<string[]> Inputs = SessionInput.Option();

    public static Command Create() => new Command("validate", "Says all that is wrong with a session, and runs nothing.") { File, Inputs }.Does(ValidateAsync);

    private static async Task<int> ValidateAsync(ToolCall call)
    {
        var file = await SessionFile.ReadAsync(call.Get(File), call.Token);

        // Nothing is uploaded for a session that is not run.
        var body = await new SessionBody(file, api: null) { KeepsWait = true }.MakeAsync((call.Get(Inputs) ?? []).Select(SessionInput.Parse), call.Token);
        try
        {
            var data = await call.Api.ValidateAsync(body, call.Token);
            WriteValid(call.Printer, file, data);
            return ExitCodes.Finished;
        }
        catch (ToolException refused) when (refused is { ExitCode: ExitCodes.Faults, Faults.Count: > 0 })
        {
            WriteFaults(call.Printer, refused);
            return ExitCodes.Faults;
        }
    }

    private static void WriteValid(Printer printer, SessionFile file, JsonElement data)
    {
        var warnings = data.TryGetProperty("warnings", out var told) ? told.Deserialize(ApiJson.Default.IReadOnlyListWarningInfo) ?? [] : [];
        SessionEnd.TellWarnings(warnings);
        switch (printer.Format)
        {
            case OutputFormat.Table:
                Notes.Say($"{file.Name} is in order: 'blueedge run {file.Name}' submits it to {file.Route}.");
                break;
            case OutputFormat.Json:
                printer.WriteJson(json =>
                {
                    json.WriteStartObject();
                    json.WriteBoolean("valid", true);
                    json.WriteStartArray("errors");
                    json.WriteEndArray();
                    foreach (var member in data.EnumerateObject())
                    {
                        member.WriteTo(json);
                    }

                    json.WriteEndObject();
                });
                break;
            default:
                break;
        }
    }

    private static void WriteFaults(Printer printer, ToolException refused)
    {
        switch (printer.Format)
        {
            case OutputFormat.Table:
                Printer.WriteTable(
                    ["WHERE", "CODE", "WHAT"],
                    refused.Faults.Select(fault => (IRenderable[])[new Text(fault.Pointer), new Text(fault.Code), new Text(fault.Message)]));
                break;
            case OutputFormat.JsonLines:
                foreach (var fault in refused.Faults)
                {
                    printer.WriteJson(json => JsonSerializer.Serialize(json, fault, ApiJson.Default.Fault));
                }

                break;
            default:
                printer.WriteJson(json =>
                {
                    json.WriteStartObject();
                    json.WriteBoolean("valid", false);
                    json.WritePropertyName("errors");
                    JsonSerializer.Serialize(json, refused.Faults, ApiJson.Default.IReadOnlyListFault);
                    json.WriteNumber("furtherErrors", refused.FurtherFaults);
                    json.WriteEndObject();
                });
                break;
        }

        Notes.Error(refused.Message);
    }
}
