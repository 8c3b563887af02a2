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

    /// <summary>Passes an item on as it is, without copying it.</summary>
    public ValueTask WriteAsync(Payload payload, CancellationToken cancellationToken) =>
        run.WriteAsync(port, payload, cancellationToken);

    /// <summary>Writes a value as JSON, with the web defaults (camel case).</summary>
    public ValueTask WriteAsync(object? value, CancellationToken cancellationToken) => IsLinked
        ? WriteAsync(Payload.Json(JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web)), cancellationToken)
        : ValueTask.CompletedTask;

    /// <summary>Writes a value as JSON by a source-generated contract.</summary>
    public ValueTask WriteAsync<T>(T value, JsonTypeInfo<T> contract, CancellationToken cancellationToken) => IsLinked
        ? WriteAsync(Payload.Json(JsonSerializer.SerializeToUtf8Bytes(value, contract)), cancellationToken)
        : ValueTask.CompletedTask;

    /// <summary>Writes bytes. They must not be changed afterwards, for they are not copied.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, string mediaType, CancellationToken cancellationToken) =>
        WriteAsync(Payload.Inline(type, mediaType, bytes), cancellationToken);

    /// <summary>Writes a stream to its end, however long; it is not disposed.</summary>
    public async ValueTask WriteAsync(Stream content, string mediaType, CancellationToken cancellationToken)
    {
        if (IsLinked)
        {
            await WriteAsync(await run.StoreAsync(type, mediaType, content, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Writes all values as JSON, each as soon as it is there.</summary>
    public async ValueTask WriteAllAsync<T>(IAsyncEnumerable<T> values, CancellationToken cancellationToken)
    {
        await foreach (var value in values.WithCancellation(cancellationToken))
        {
            await WriteAsync((object?)value, cancellationToken);
        }
    }
}
