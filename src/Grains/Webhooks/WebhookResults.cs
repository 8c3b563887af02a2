using System.Globalization;
using System.Text.Json;
using BlueEdge.Channels;

namespace BlueEdge.Grains.Webhooks;

/// <summary>What a body has of one channel's results: all of them, in the form of REST, or where they are.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Address">Where the session is read.</param>
/// <param name="Items">Its items, and their bytes where they go into the body; <see langword="null"/> where they have no room there.</param>
/// <param name="Total">How many there are.</param>
internal sealed record WebhookResults(string Channel, string Address, IReadOnlyList<(Payload Payload, ReadOnlyMemory<byte>? Content)>? Items, long Total)
{
    private string Name => Uri.EscapeDataString(Channel);

    public void WriteTo(Utf8JsonWriter json)
    {
        if (Items is null)
        {
            json.WriteStartObject();
            json.WriteString("href"u8, $"{Address}?channel={Name}");
            json.WriteNumber("total"u8, Total);
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray();
        foreach (var (place, (payload, content)) in Items.Index())
        {
            Write(json, place, payload, content);
        }

        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, int place, Payload payload, ReadOnlyMemory<byte>? content)
    {
        if (payload.Type is ChannelType.Json && content is { } value && JsonText.IsOne(value.Span))
        {
            json.WriteRawValue(value.Span, skipInputValidation: true);
            return;
        }

        json.WriteStartObject();
        json.WriteString("mediaType"u8, payload.MediaType);
        json.WriteNumber("length"u8, payload.Length);
        if (content is { } bytes)
        {
            json.WriteBase64String("data"u8, bytes.Span);
        }
        else
        {
            json.WriteString("href"u8, string.Create(CultureInfo.InvariantCulture, $"{Address}/results/{Name}/{place}"));
        }

        json.WriteEndObject();
    }
}
