using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace BlueEdge.Gateway.Results;

/// <summary>Writes results to an answer as they are, without reading JSON again and without one large buffer.</summary>
internal sealed class ResultWriter(Utf8JsonWriter json, PipeWriter pipe, string address)
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
        if (item is { IsJson: true, Content: { } content })
        {
            return WriteRawAsync(content, cancellationToken);
        }

        WriteObject(item, results, index);
        return ValueTask.CompletedTask;
    }

    private void WriteObject(ResultItem item, ChannelResults results, long index)
    {
        json.WriteStartObject();
        json.WriteString("mediaType"u8, item.Payload.MediaType);
        json.WriteNumber("length"u8, item.Payload.Length);
        if (item.Content is { } bytes)
        {
            json.WriteBase64String("data"u8, bytes.Span);
        }
        else
        {
            json.WriteString("href"u8, $"{address}/results/{Uri.EscapeDataString(results.Channel)}/{index}");
        }

        json.WriteEndObject();
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
