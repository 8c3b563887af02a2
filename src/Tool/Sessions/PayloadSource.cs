using System.Text.Json;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Sessions;

/// <summary>Makes payloads of what the command line names.</summary>
/// <param name="api">Takes what is too large for JSON; <see langword="null"/> where nothing is to be uploaded.</param>
internal sealed class PayloadSource(BlueEdgeClient? api)
{
    /// <summary>From this on a file is uploaded and named, instead of written into the body.</summary>
    private const long MostInline = 1_000_000;

    /// <summary>The JSON of a payload.</summary>
    /// <param name="input">What was said.</param>
    /// <param name="type">The channel's type, or <see langword="null"/> where nothing says it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SessionPayload> ReadAsync(SessionInput input, string? type, CancellationToken cancellationToken)
    {
        if (input.File is not { } file)
        {
            return Is(type ?? "JSON", "JSON")
                ? new("JSON", ValueOf(input.Text))
                : throw ToolException.Usage($"'{input.Name}' is of the type {type}: give it a file, as -i {input.Name}=@FILE.");
        }

        var mediaType = MediaTypes.Of(file);
        type ??= MediaTypes.ChannelType(mediaType);
        if (Is(type, "JSON"))
        {
            return new(type, SessionFile.Parse(await InputFile.ReadAsync(file, cancellationToken), file));
        }

        return new(type, InputFile.Length(file) > MostInline && api is not null
            ? await UploadAsync(api, file, mediaType, cancellationToken)
            : Inline(await InputFile.ReadAsync(file, cancellationToken), mediaType));
    }

    private static async Task<JsonElement> UploadAsync(BlueEdgeClient api, string file, string? mediaType, CancellationToken cancellationToken)
    {
        var blob = await api.UploadAsync(file, mediaType, cancellationToken);
        return Json(json => json.WriteString("blob", blob));
    }

    private static JsonElement Inline(byte[] bytes, string? mediaType) => Json(json =>
    {
        if (mediaType is not null)
        {
            json.WriteString("mediaType", mediaType);
        }

        json.WriteBase64String("data", bytes);
    });

    private static JsonElement ValueOf(string text)
    {
        try
        {
            using var value = JsonDocument.Parse(text);
            return value.RootElement.Clone();
        }
        catch (JsonException)
        {
            using var value = JsonDocument.Parse($"\"{JsonEncodedText.Encode(text)}\"");
            return value.RootElement.Clone();
        }
    }

    private static JsonElement Json(Action<Utf8JsonWriter> members)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(bytes.ToArray());
        return document.RootElement.Clone();
    }

    private static bool Is(string type, string other) => type.Equals(other, StringComparison.OrdinalIgnoreCase);
}
