using System.Text.Json;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Sessions;

/// <summary>Makes a request's body of a file and the inputs that take the place of the file's own. All else stays as it is written.</summary>
internal sealed class SessionBody(SessionFile file, BlueEdgeClient? api)
{
    private readonly Dictionary<string, List<SessionPayload>> _payloads = new(StringComparer.Ordinal);

    /// <summary>Whether the wait that the file asks for stays: a command that waits by itself has the session's id earlier.</summary>
    public bool KeepsWait { get; init; }

    public async Task<ReadOnlyMemory<byte>> MakeAsync(IEnumerable<SessionInput> inputs, CancellationToken cancellationToken)
    {
        PayloadSource source = new(api);
        foreach (var input in inputs)
        {
            var payload = await source.ReadAsync(input, TypeOf(input.Name), cancellationToken);
            (_payloads.TryGetValue(input.Name, out var items) ? items : _payloads[input.Name] = []).Add(payload);
        }

        if (file.Root.ValueKind is not JsonValueKind.Object || (_payloads.Count == 0 && KeepsWait))
        {
            return file.Bytes;
        }

        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            Write(json);
        }

        return body.ToArray();
    }

    /// <summary>The type of the channel or input; <see langword="null"/> for an input that the file does not have.</summary>
    /// <exception cref="ToolException">The workflow has no such channel.</exception>
    private string? TypeOf(string name)
    {
        if (file.IsSingleEngine)
        {
            return Member(Member(file.Root, "inputs"), name) is { } input ? Text(input, "type") : null;
        }

        List<JsonElement> channels = Member(file.Root, "dataChannels") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
        return channels.FindIndex(channel => string.Equals(Text(channel, "name"), name, StringComparison.Ordinal)) is >= 0 and var place
            ? Text(channels[place], "type") ?? "JSON"
            : throw ToolException.Usage($"{file.Name} has no channel '{name}'; it has: {string.Join(", ", channels.Select(channel => Text(channel, "name")))}.");
    }

    private void Write(Utf8JsonWriter json)
    {
        var feeds = file.IsSingleEngine ? "inputs" : "startData";
        var isFed = false;
        json.WriteStartObject();
        foreach (var member in file.Root.EnumerateObject())
        {
            if (member.NameEquals("waitTimeSecond") && !KeepsWait)
            {
                continue;
            }

            if (member.NameEquals(feeds) && _payloads.Count > 0 && !isFed)
            {
                isFed = true;
                WriteFeeds(json, member.Value);
                continue;
            }

            WriteAsWritten(json, member);
        }

        if (!isFed && _payloads.Count > 0)
        {
            WriteFeeds(json, given: null);
        }

        json.WriteEndObject();
    }

    private void WriteFeeds(Utf8JsonWriter json, JsonElement? given)
    {
        json.WritePropertyName(file.IsSingleEngine ? "inputs" : "startData");
        if (file.IsSingleEngine)
        {
            WriteInputs(json, given);
        }
        else
        {
            WriteStartData(json, given);
        }
    }

    private void WriteStartData(Utf8JsonWriter json, JsonElement? given)
    {
        json.WriteStartArray();
        foreach (var item in given is { ValueKind: JsonValueKind.Array } items ? [.. items.EnumerateArray()] : (JsonElement[])[])
        {
            if (Text(item, "channelName") is not { } channel || !_payloads.ContainsKey(channel))
            {
                json.WriteRawValue(item.GetRawText());
            }
        }

        foreach (var (channel, payloads) in _payloads)
        {
            foreach (var payload in payloads)
            {
                json.WriteStartObject();
                json.WriteString("channelName", channel);
                WritePayload(json, payload);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private void WriteInputs(Utf8JsonWriter json, JsonElement? given)
    {
        json.WriteStartObject();
        foreach (var input in given is { ValueKind: JsonValueKind.Object } inputs ? [.. inputs.EnumerateObject()] : (JsonProperty[])[])
        {
            if (!_payloads.ContainsKey(input.Name))
            {
                WriteAsWritten(json, input);
            }
        }

        foreach (var (name, payloads) in _payloads)
        {
            if (payloads is not [var payload])
            {
                throw ToolException.Usage($"An input of a single engine has one payload, and '{name}' is given {payloads.Count}: feed a workflow's channel instead.");
            }

            json.WriteStartObject(name);
            json.WriteString("type", payload.Type);
            WritePayload(json, payload);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WritePayload(Utf8JsonWriter json, SessionPayload payload)
    {
        json.WritePropertyName("payload");
        json.WriteRawValue(payload.Value.GetRawText());
    }

    private static void WriteAsWritten(Utf8JsonWriter json, JsonProperty member)
    {
        json.WritePropertyName(member.Name);
        json.WriteRawValue(member.Value.GetRawText());
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } present && present.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
