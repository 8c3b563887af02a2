using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BlueEdge.Channels;

namespace BlueEdge.Engines;

/// <summary>One item that came to an engine, and the port it came on.</summary>
/// <param name="run">The run it came to.</param>
/// <param name="port">The engine's own name of the port.</param>
/// <param name="producer">The node that wrote it; empty for start data.</param>
/// <param name="sequence">Its number among all that this producer wrote to the channel, from 0.</param>
/// <param name="payload">Its content.</param>
/// <param name="loaded">The content in memory, where it was loaded for the engine; else the payload.</param>
public sealed class EngineInput(IEngineRun run, string port, string producer, long sequence, Payload payload, Payload? loaded = null)
{
    private readonly Payload _loaded = loaded ?? payload;

    /// <summary>The engine's own name of the port.</summary>
    public string Port { get; } = port;

    /// <summary>The node that wrote it; empty for start data, and a full stop for clients that write while the session runs.</summary>
    public string Producer { get; } = producer;

    /// <summary>Its number among all that this producer wrote to the channel, from 0.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>Its content, to be passed on unchanged: what lies in the blob store is not stored again.</summary>
    public Payload Payload { get; } = payload;

    /// <summary>For example <c>image/png</c>.</summary>
    public string MediaType => Payload.MediaType;

    /// <summary>Which items it belongs to, or <see langword="null"/>. What is written while it is processed has the same, unless it is given another.</summary>
    public string? Key => Payload.Envelope?.Key;

    /// <summary>Words about the item; none by default.</summary>
    public ImmutableArray<string> Tags => Payload.Envelope?.Tags ?? [];

    /// <summary>Small facts about the item, as a JSON object, or <see langword="null"/>.</summary>
    public JsonElement? Attributes => field ??= Payload.Envelope?.ReadAttributes();

    /// <summary>Whether the item came on that port.</summary>
    public bool Has(string port) => string.Equals(port, Port, StringComparison.Ordinal);

    /// <summary>The item of that port as a JSON value.</summary>
    /// <exception cref="BlueEdgeException">The item came on another port, or is not JSON.</exception>
    public JsonElement Json(string port) => Read(port, utf8 =>
    {
        using var document = JsonDocument.Parse(utf8);
        return document.RootElement.Clone();
    });

    /// <summary>The item of that port, read by a source-generated contract.</summary>
    /// <exception cref="BlueEdgeException">The item came on another port, or does not fit the type.</exception>
    public T Json<T>(string port, JsonTypeInfo<T> type) => Read(port, utf8 => JsonSerializer.Deserialize(utf8.Span, type))
        ?? throw Misfit(port, "is null", null);

    /// <summary>The item of that port, read with the web defaults (camel case, case-insensitive).</summary>
    /// <exception cref="BlueEdgeException">The item came on another port, or does not fit the type.</exception>
    public T Json<T>(string port) => Read(port, utf8 => JsonSerializer.Deserialize<T>(utf8.Span, JsonSerializerOptions.Web))
        ?? throw Misfit(port, "is null", null);

    /// <summary>The item's content as a stream, for large files; the caller disposes it.</summary>
    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => run.OpenAsync(Payload, cancellationToken);

    /// <summary>The item's content in memory.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        if (_loaded.Blob is null)
        {
            return _loaded.Bytes;
        }

        await using var content = await OpenAsync(cancellationToken);
        var bytes = new byte[Payload.Length];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private T Read<T>(string port, Func<ReadOnlyMemory<byte>, T> read)
    {
        if (!Has(port))
        {
            throw new BlueEdgeException(
                $"Node '{run.Session.Node}' asked input '{port}' for an item that came on '{Port}'. Look at Port, or ask Has(\"{port}\") first.");
        }

        if (Payload.Type is not ChannelType.Json)
        {
            throw Misfit(port, $"is {Payload.Type} ({Payload.MediaType})", null);
        }

        if (_loaded.Blob is not null)
        {
            throw new BlueEdgeException(
                $"Item {Sequence} on input '{port}' of node '{run.Session.Node}' is large and was not loaded. Read it with ReadAsync, or declare the input of engine '{run.Definition.Id}' without ByReference.");
        }

        try
        {
            return read(_loaded.Bytes);
        }
        catch (JsonException error)
        {
            throw Misfit(port, $"does not fit: {error.Message}", error);
        }
    }

    private BlueEdgeException Misfit(string port, string how, Exception? error)
    {
        var message = $"Item {Sequence} on input '{port}' of node '{run.Session.Node}' {how}. Send JSON of the form that engine '{run.Definition.Id}' documents.";
        return error is null ? new(message) : new(message, error);
    }
}
