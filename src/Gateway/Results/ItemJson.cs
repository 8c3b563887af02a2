using System.Text.Json;
using BlueEdge.Channels;

namespace BlueEdge.Gateway.Results;

/// <summary>How an item is written, wherever it is.</summary>
internal static class ItemJson
{
    /// <summary>What it says of itself, as far as it says anything.</summary>
    public static void WriteEnvelope(this Utf8JsonWriter json, ItemEnvelope envelope)
    {
        if (envelope.Key is { } key)
        {
            json.WriteString("key"u8, key);
        }

        if (!envelope.Tags.IsEmpty)
        {
            json.WriteStartArray("tags"u8);
            foreach (var tag in envelope.Tags)
            {
                json.WriteStringValue(tag);
            }

            json.WriteEndArray();
        }

        if (!envelope.Attributes.IsEmpty)
        {
            json.WritePropertyName("attributes"u8);
            json.WriteRawValue(envelope.Attributes.Span, skipInputValidation: true);
        }
    }

    /// <summary>What it says of itself, and its value, or what it is and where its bytes are read.</summary>
    public static void WriteItem(this Utf8JsonWriter json, Payload item, string href)
    {
        if (item.Envelope is { } envelope)
        {
            json.WriteEnvelope(envelope);
        }

        if (item is { Type: ChannelType.Json, Blob: null } && JsonText.IsOne(item.Bytes.Span))
        {
            json.WritePropertyName("value"u8);
            json.WriteRawValue(item.Bytes.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteMedia(item);
            json.WriteString("href"u8, href);
        }
    }

    /// <summary>What it is, where it does not go in as JSON.</summary>
    public static void WriteMedia(this Utf8JsonWriter json, Payload payload)
    {
        json.WriteString("mediaType"u8, payload.MediaType);
        json.WriteNumber("length"u8, payload.Length);
    }

    /// <summary>Where the bytes of a result are read.</summary>
    /// <param name="address">The session's address.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="index">Its place in that.</param>
    public static string HrefOf(string address, string channel, long index) => $"{address}/results/{Uri.EscapeDataString(channel)}/{index}";
}
