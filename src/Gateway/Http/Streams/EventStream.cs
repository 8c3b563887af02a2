using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BlueEdge.Calls;

namespace BlueEdge.Gateway.Http.Streams;

/// <summary>
/// Server-sent events on their way to one caller. Nothing is queued: what comes next is asked for once what came before is with the
/// network, so that a caller who does not read costs one page. Who takes nothing for long is cut off like any slow reader (<c>BlueEdge:Gateway:RateGrace</c>).
/// </summary>
/// <remarks>The framework's own writer has no comments, which keep an idle connection alive, and copies each event once more.</remarks>
/// <param name="pipe">Where they go.</param>
/// <param name="time">The time.</param>
/// <param name="over">Fires when the stream is to end.</param>
internal sealed class EventStream(PipeWriter pipe, TimeProvider time, CancellationToken over)
{
    /// <summary>What a caller has when it has all: one that comes back with it is told that there is no more.</summary>
    public const string LastId = "end";

    /// <summary>Proxies take a connection for dead after half a minute or more.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>More is flushed in pieces: how long a caller takes for it is measured by flushes.</summary>
    private const int Piece = 64 * 1024;

    private static readonly Backoff Patience = Backoff.Steady(TimeSpan.FromMilliseconds(500));
    private ArrayBufferWriter<byte> _json = new();

    /// <summary>Fires when the stream is to end.</summary>
    public CancellationToken Over => over;

    /// <summary>Whether an event is on its way in part.</summary>
    public bool IsWriting { get; private set; }

    /// <summary>Tells the caller to come back within a moment when the connection breaks: another gateway has the same.</summary>
    public ValueTask BeginAsync()
    {
        pipe.Write("retry: 500\n\n"u8);
        return FlushAsync();
    }

    /// <summary>
    /// Asks, once all that was written is sent, and again for as long as the cluster is away; an idle caller gets a comment from time to time.
    /// </summary>
    /// <exception cref="OperationCanceledException">The stream is to end.</exception>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask)
    {
        await FlushAsync();
        var asking = PatientCall.MakeAsync(() => ask(over), (error, _) => error is UnavailableException, Patience, time, over);
        while (!asking.IsCompleted)
        {
            await ((Task)asking).WaitAsync(Heartbeat, time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            over.ThrowIfCancellationRequested();
            if (!asking.IsCompleted)
            {
                pipe.Write(":\n\n"u8);
                await FlushAsync();
            }
        }

        return await asking;
    }

    /// <summary>Writes an event.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="id">What to resume behind it with; <see langword="null"/> leaves what the caller has.</param>
    /// <param name="data">What it says.</param>
    /// <param name="shape">How that is written.</param>
    public ValueTask WriteAsync<T>(string type, string? id, T data, JsonTypeInfo<T> shape) => WriteAsync(type, id, json => JsonSerializer.Serialize(json, data, shape));

    /// <summary>Writes an event.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="id">What to resume behind it with; <see langword="null"/> leaves what the caller has.</param>
    /// <param name="write">Writes what it says.</param>
    public ValueTask WriteAsync(string type, string? id, Action<Utf8JsonWriter> write)
    {
        _json.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_json, new() { Encoder = AnswerJson.Encoder, SkipValidation = true }))
        {
            write(json);
        }

        var data = _json.WrittenMemory;
        if (_json.Capacity > Piece)
        {
            // One large event is not kept for the rest of the stream.
            _json = new();
        }

        return WriteAsync(type, id, data);
    }

    private async ValueTask WriteAsync(string type, string? id, ReadOnlyMemory<byte> data)
    {
        IsWriting = true;
        WriteField("event: "u8, type);
        if (id is not null)
        {
            WriteField("id: "u8, id);
        }

        // JSON may have line breaks between its tokens: a caller puts the lines together again.
        for (var (rest, isFirst) = (data, true); isFirst || rest.Length > 0; isFirst = false)
        {
            var end = rest.Span.IndexOfAny((byte)'\n', (byte)'\r');
            pipe.Write("data: "u8);
            for (var line = end < 0 ? rest : rest[..end]; line.Length > 0; line = line[Math.Min(Piece, line.Length)..])
            {
                pipe.Write(line.Span[..Math.Min(Piece, line.Length)]);
                await FlushIfMuchAsync();
            }

            pipe.Write("\n"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        pipe.Write("\n"u8);
        await FlushIfMuchAsync();
        IsWriting = false;
    }

    /// <summary>Sends what was written.</summary>
    public async ValueTask FlushAsync()
    {
        over.ThrowIfCancellationRequested();
        var wasWriting = IsWriting;
        IsWriting = true;
        await pipe.FlushAsync(over);
        over.ThrowIfCancellationRequested();
        IsWriting = wasWriting;
    }

    private ValueTask FlushIfMuchAsync() => pipe.UnflushedBytes < Piece ? ValueTask.CompletedTask : FlushAsync();

    private void WriteField(ReadOnlySpan<byte> name, string value)
    {
        pipe.Write(name);
        Encoding.UTF8.GetBytes(value, pipe);
        pipe.Write("\n"u8);
    }
}
