using System.CommandLine;
using System.Text.Json;
using BlueEdge.Tool.CommandLine;
using BlueEdge.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BlueEdge.Tool.Diagnosis;

/// <summary><c>doctor</c>: whether the server is there and does its part, and why not.</summary>
internal static class DoctorCommand
{
    public static Command Create() => new Command("doctor", "Says whether the server is there and ready, and what is wrong where it is not.").Does(LookAsync);

    private static async Task<int> LookAsync(ToolCall call)
    {
        var findings = await new Examination(call).MakeAsync();
        if (call.Printer.IsTable)
        {
            Printer.WriteTable(
                ["WHAT", "STATUS", "DETAIL"],
                findings.Select(finding => (IRenderable[])[new Text(finding.Name), Cells.Status(finding.Status), new Text(finding.Detail)]));
        }
        else
        {
            Write(call.Printer, findings);
        }

        return findings.Exists(finding => finding.IsProblem) ? ExitCodes.Unavailable : ExitCodes.Finished;
    }

    private static void Write(Printer printer, List<Finding> findings)
    {
        if (printer.Format is OutputFormat.JsonLines)
        {
            findings.ForEach(finding => printer.WriteJson(json => Write(json, finding)));
            return;
        }

        printer.WriteJson(json =>
        {
            json.WriteStartArray();
            findings.ForEach(finding => Write(json, finding));
            json.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("name", finding.Name);
        json.WriteString("status", finding.Status);
        json.WriteString("detail", finding.Detail);
        json.WriteEndObject();
    }
}
