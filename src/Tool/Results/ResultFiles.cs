using System.Globalization;
using System.Text;
using System.Text.Json;
using BlueEdge.Tool.CommandLine;
using BlueEdge.Tool.Output;
using BlueEdge.Tool.Sessions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BlueEdge.Tool.Results;

/// <summary>Results as files: a folder for each channel, and in it each item under its number.</summary>
internal static class ResultFiles
{
    private const string Json = "application/json";

    /// <summary>Writes them, and says to stdout what was written; in JSON with the session where it is given.</summary>
    public static async Task WriteAsync(ToolCall call, JsonElement? session, ResultReader results, string? channel, DirectoryInfo folder)
    {
        List<ResultFile> files = [];
        try
        {
            folder.Create();
            await foreach (var item in results.ReadAsync(channel))
            {
                files.Add(await SaveAsync(item, results, folder.ToString(), call.Token));
            }
        }
        catch (Exception exception) when (exception is (IOException and not HttpIOException) or UnauthorizedAccessException)
        {
            throw ToolException.Usage(
                $"The results cannot be written to {folder}: {exception.Message} Session {results.SessionId} keeps them: 'blueedge results {results.SessionId} --out DIR'.");
        }

        Tell(call.Printer, session, files);
    }

    private static async Task<ResultFile> SaveAsync(ResultItem item, ResultReader results, string folder, CancellationToken cancellationToken)
    {
        var place = Path.Combine(folder, FolderName(item.Channel));
        Directory.CreateDirectory(place);
        if (item.MediaType is not { } mediaType)
        {
            var json = Encoding.UTF8.GetBytes(item.Value.GetRawText());
            return await SaveBytesAsync(json, Json);
        }

        if (item.TryGetBytes(out var bytes))
        {
            return await SaveBytesAsync(bytes, mediaType);
        }

        using var response = await results.OpenAsync(item);
        mediaType = response.Content.Headers.ContentType?.MediaType ?? mediaType;
        var path = NameOf(mediaType);
        await using var file = File.Create(path);
        await response.Content.CopyToAsync(file, cancellationToken);
        return new(item.Channel, item.Index, path, mediaType, file.Length);

        async Task<ResultFile> SaveBytesAsync(byte[] content, string type)
        {
            var name = NameOf(type);
            await File.WriteAllBytesAsync(name, content, cancellationToken);
            return new(item.Channel, item.Index, name, type, content.Length);
        }

        string NameOf(string type) => Path.Combine(place, item.Number + MediaTypes.Extension(type));
    }

    private static void Tell(Printer printer, JsonElement? session, List<ResultFile> files)
    {
        switch (printer.Format)
        {
            case OutputFormat.Table:
                Printer.WriteTable(
                    ["FILE", "TYPE", "SIZE"],
                    files.Select(file => (IRenderable[])[new Text(file.Path), new Text(file.MediaType), new Text(Cells.Bytes(file.Length))]));
                break;
            case OutputFormat.JsonLines:
                files.ForEach(file => printer.WriteJson(file.WriteTo));
                break;
            default:
                printer.WriteJson(json =>
                {
                    json.WriteStartObject();
                    if (session is { } ended)
                    {
                        SessionJson.WriteMembers(json, ended);
                    }

                    json.WriteStartArray("files");
                    files.ForEach(file => file.WriteTo(json));
                    json.WriteEndArray();
                    json.WriteEndObject();
                });
                break;
        }
    }

    /// <summary>The channel's name, as far as a file system takes it; the rest escaped as in addresses.</summary>
    private static string FolderName(string channel)
    {
        var invalid = Path.GetInvalidFileNameChars();
        return string.Concat(channel.Select(letter => letter is '%' || invalid.Contains(letter) ? string.Create(CultureInfo.InvariantCulture, $"%{(int)letter:X2}") : $"{letter}"));
    }
}
