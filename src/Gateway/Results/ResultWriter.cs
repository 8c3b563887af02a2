using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace BlueEdge.Gateway.Results;

/// <summary>Writes results to an answer as they are, without reading JSON again and without one large buffer.</summary>
/// <param name="json">Writes the answer.</param>
/// <param name="pipe">What it writes to.</param>
/// <param name="address">The session's own, below which single items are read.</param>
/// <param name="showsEnvelopes">Whether each item comes with its place and what it says of itself.</param>
internal sealed class ResultWriter(Utf8JsonWriter json, PipeWriter pipe, string address, bool showsEnvelopes)
{
    // The writer wants room for a whole value at once; above this the rest goes to the pipe in its own pieces.
    private const int Piece = 16 * 1024;
    private const int Unflushed = 64 * 1024;

    /// <summary>Writes the items as an array.</summary>
    public async ValueTask WriteAsync(ChannelResults results, CancellationToken cancellationToken)
    {
        json.WriteStartArray();
        for (var place = 0; place < results.Items.Count; place++)
        {
            await WriteAsync(results.Items[place], results, results.Offset + place, cancellationToken);
            if (json.BytesPending + pipe.UnflushedBytes > Unflushed)
            {
                json.Flush();
                await pipe.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
    }

    private ValueTask WriteAsync(ResultItem item, ChannelResults results, long index, CancellationToken cancellationToken)
    {
        if (showsEnvelopes)
        {
            return WriteWithEnvelopeAsync(item, results, index, cancellationToken);
        }

        if (item is { IsJson: true, Content: { } content })
        {
            return WriteRawAsync(content, cancellationToken);
        }

        json.WriteStartObject();
        WriteContent(item, results, index);
        json.WriteEndObject();
        return ValueTask.CompletedTask;
    }

    private async ValueTask WriteWithEnvelopeAsync(ResultItem item, ChannelResults results, long index, CancellationToken cancellationToken)
    {
        json.WriteStartObject();
        json.WriteNumber("offset"u8, index);
        if (item.Payload.Envelope is { } envelope)
        {
            json.WriteEnvelope(envelope);
        }

        if (item is { IsJson: true, Content: { } content })
        {
            json.WritePropertyName("value"u8);
            await WriteRawAsync(content, cancellationToken);
        }
        else
        {
            WriteContent(item, results, index);
        }

        json.WriteEndObject();
    }

    private void WriteContent(ResultItem item, ChannelResults results, long index)
    {
        json.WriteMedia(item.Payload);
        if (item.Content is { } bytes)
        {
            json.WriteBase64String("data"u8, bytes.Span);
        }
        else
        {
            json.WriteString("href"u8, ItemJson.HrefOf(address, results.Channel, index));
        }
    }

    private async ValueTask WriteRawAsync(ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        if (value.Length <= Piece)
        {
            json.WriteRawValue(value.Span, skipInputValidation: true);
            return;
        }

        // To the writer the first piece is the value; what is written behind its back only makes it longer.
        json.WriteRawValue(value.Span[..Piece], skipInputValidation: true);
        json.Flush();
        for (var rest = value[Piece..]; rest.Length > 0; rest = rest[Math.Min(Unflushed, rest.Length)..])
        {
            // Not all at once: how long a caller takes for it is measured by flushes.
            pipe.Write(rest.Span[..Math.Min(Unflushed, rest.Length)]);
            await pipe.FlushAsync(cancellationToken);
        }
    }
}
