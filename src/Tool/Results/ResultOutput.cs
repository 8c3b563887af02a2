using System.Text.Json;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;
using BlueEdge.Tool.Output;
using BlueEdge.Tool.Sessions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BlueEdge.Tool.Results;

/// <summary>Results on stdout.</summary>
internal static class ResultOutput
{
    /// <summary>Writes the results of a session that has ended, in JSON with the session.</summary>
    public static async Task WriteAsync(ToolCall call, JsonElement session, ResultReader results)
    {
        if (call.Printer.Format is not OutputFormat.Json)
        {
            await WriteAsync(call.Printer, results, channel: null);
            return;
        }

        var all = await results.ReadAsync(channel: null).ToListAsync(call.Token);
        call.Printer.WriteJson(json =>
        {
            json.WriteStartObject();
            SessionJson.WriteMembers(json, session);
            json.WritePropertyName("results");
            WriteChannels(json, all);
            json.WriteEndObject();
        });
    }

    /// <summary>Writes the results of one channel, or of all.</summary>
    public static async Task WriteAsync(Printer printer, ResultReader results, string? channel)
    {
        if (printer.Format is OutputFormat.JsonLines)
        {
            await foreach (var item in results.ReadAsync(channel))
            {
                printer.WriteJson(channel is null ? item.WriteTo : item.Value.WriteTo);
            }

            return;
        }

        var all = await results.ReadAsync(channel).ToListAsync();
        if (printer.IsTable && all.Count == 0)
        {
            Notes.Say("There are no results.");
        }
        else if (printer.IsTable)
        {
            Printer.WriteTable(["CHANNEL", "INDEX", "ITEM"], all.Select(item => (IRenderable[])[new Text(item.Channel), new Text(item.Number), new Text(item.ToString()).Ellipsis()]));
        }
        else if (channel is null)
        {
            printer.WriteJson(json => WriteChannels(json, all));
        }
        else
        {
            printer.WriteJson(json => JsonSerializer.Serialize(json, [.. all.Select(item => item.Value)], ApiJson.Default.ListJsonElement));
        }
    }

    private static void WriteChannels(Utf8JsonWriter json, List<ResultItem> all)
    {
        json.WriteStartObject();
        foreach (var channel in all.GroupBy(item => item.Channel, StringComparer.Ordinal))
        {
            json.WriteStartArray(channel.Key);
            foreach (var item in channel)
            {
                item.Value.WriteTo(json);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
