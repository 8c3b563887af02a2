using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BlueEdge.Channels;

namespace BlueEdge.Engines;

/// <summary>
/// An output of an engine, as <see cref="EngineGrain"/> hands it out. Every write returns when the channel has room for the
/// next, and where the channel is interested when the item is stored; it is refused once the sub-session was stopped.
/// </summary>
/// <param name="run">The run it belongs to.</param>
/// <param name="port">The engine's own name of the port.</param>
/// <param name="type">What its items are.</param>
public readonly struct EngineOutput(IEngineRun run, string port, ChannelType type)
{
    /// <summary>Whether the session links it: what is written to an output that is not linked goes nowhere.</summary>
    public bool IsLinked => run.IsLinked(port);

    // The platform heeds what is said on Status also where no channel takes it.
    private bool IsHeard => IsLinked || string.Equals(port, WellKnownPorts.Status, StringComparison.Ordinal);

    /// <summary>Where the key of the item in hand stands; <see langword="null"/> for an engine that is no <see cref="EngineGrain"/>.</summary>
    internal AsyncLocal<string?>? KeyInHand { get; init; }

    private ItemOptions? Options { get; init; }

    /// <summary>The same output, whose writes say this of their items too: <c>Output("Out").With(new() { Tags = ["late"] }).WriteAsync(…)</c>.</summary>
    /// <param name="options">What to say; a write whose limits it oversteps fails.</param>
    public EngineOutput With(ItemOptions options) => this with { Options = options };

    /// <summary>
    /// Passes an item on as it is, without copying it: with its tags and attributes, and with its key, or that of the item in hand
    /// where it has none.
    /// </summary>
    /// <exception cref="BlueEdgeException">Its key, tags or attributes overstep a limit; the message says which.</exception>
    public ValueTask WriteAsync(Payload payload, CancellationToken cancellationToken) =>
        run.WriteAsync(port, Complete(payload), cancellationToken);

    /// <summary>Writes a value as JSON, with the web defaults (camel case).</summary>
    public ValueTask WriteAsync(object? value, CancellationToken cancellationToken) => IsHeard
        ? WriteAsync(Payload.Json(JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web)), cancellationToken)
        : Skip();

    /// <summary>Writes a value as JSON by a source-generated contract.</summary>
    public ValueTask WriteAsync<T>(T value, JsonTypeInfo<T> contract, CancellationToken cancellationToken) => IsHeard
        ? WriteAsync(Payload.Json(JsonSerializer.SerializeToUtf8Bytes(value, contract)), cancellationToken)
        : Skip();

    /// <summary>Writes bytes. They must not be changed afterwards, for they are not copied.</summary>
    /// <exception cref="BlueEdgeException">The output is Json, and they are no JSON value.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, string mediaType, CancellationToken cancellationToken) =>
        WriteAsync(type is ChannelType.Json ? CheckedJson(bytes) : Payload.Inline(type, mediaType, bytes), cancellationToken);

    /// <summary>Writes a stream to its end, however long; it is not disposed.</summary>
    /// <exception cref="BlueEdgeException">The output is Json, and it is no JSON value.</exception>
    public async ValueTask WriteAsync(Stream content, string mediaType, CancellationToken cancellationToken)
    {
        if (type is ChannelType.Json)
        {
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, cancellationToken);
            await WriteAsync(bytes.ToArray(), mediaType, cancellationToken);
        }
        else
        {
            await (IsLinked ? WriteAsync(await run.StoreAsync(type, mediaType, content, cancellationToken), cancellationToken) : Skip());
        }
    }

    /// <summary>Writes all values as JSON, each as soon as it is there; payloads are passed on as they are.</summary>
    public async ValueTask WriteAllAsync<T>(IAsyncEnumerable<T> values, CancellationToken cancellationToken)
    {
        await foreach (var value in values.WithCancellation(cancellationToken))
        {
            await (value is Payload payload ? WriteAsync(payload, cancellationToken) : WriteAsync((object?)value, cancellationToken));
        }
    }

    private Payload Complete(Payload payload)
    {
        var item = Options is null ? payload : payload.With(Options);
        return item.Envelope?.Key is null && KeyInHand?.Value is { } key ? item.With(new() { Key = key }) : item;
    }

    /// <summary>What goes nowhere is refused after a stop all the same, for an engine may listen to nothing else.</summary>
    private ValueTask Skip()
    {
        run.Stopping.ThrowIfCancellationRequested();
        return ValueTask.CompletedTask;
    }

    /// <summary>Readers and results take JSON channels at their word.</summary>
    private Payload CheckedJson(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8.Span);
            reader.Read();
            reader.Skip();
            while (reader.Read())
            {
                // Throws where a second value follows.
            }

            return Payload.Json(utf8);
        }
        catch (JsonException error)
        {
            throw new BlueEdgeException($"Output '{port}' of engine '{run.Definition.Id}' is Json, and was given bytes that are no JSON value: {error.Message}", error);
        }
    }
}
