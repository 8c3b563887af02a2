using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.DeadLetters;
using BlueEdge.Gateway.Json;

namespace BlueEdge.Gateway.DeadLetters;

/// <summary>An item that an engine had in hand when it failed for good.</summary>
internal sealed record DeadLetterResponse
{
    /// <summary>The name of the engine's node in the session.</summary>
    public required string Name { get; init; }

    /// <summary>The channel that the item came by.</summary>
    public required string Channel { get; init; }

    /// <summary>The node that wrote it; empty for start data.</summary>
    public required string Producer { get; init; }

    /// <summary>Its number among all that this producer wrote to the channel, from 0.</summary>
    public required long Sequence { get; init; }

    /// <summary>The attempt that failed, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>What the engine failed with.</summary>
    public string? Error { get; init; }

    /// <summary>The item's key; left out where it has none.</summary>
    public string? Key { get; init; }

    /// <summary>The item's tags; left out where it has none.</summary>
    public ImmutableArray<string>? Tags { get; init; }

    /// <summary>The item's attributes, an object; left out where it has none.</summary>
    public RawJson? Attributes { get; init; }

    /// <summary>The item's media type.</summary>
    public required string MediaType { get; init; }

    /// <summary>The item's length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>The item, where it is JSON; left out where it is so large that it lies in the blob store.</summary>
    public RawJson? Json { get; init; }

    /// <summary>The item in base64, where it is not JSON, or not the JSON that its engine said it is; left out where it lies in the blob store.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    public static DeadLetterResponse From(DeadLetter letter)
    {
        var (payload, isHere) = (letter.Payload, letter.Payload.Blob is null);
        var isJson = payload.Type == ChannelType.Json && JsonText.IsOne(payload.Bytes.Span);
        return new()
        {
            Name = letter.Node,
            Channel = letter.Channel,
            Producer = letter.Producer,
            Sequence = letter.Sequence,
            Attempt = letter.Epoch,
            Error = letter.Error,
            Key = payload.Envelope?.Key,
            Tags = payload.Envelope is { Tags: { IsEmpty: false } tags } ? tags : null,
            Attributes = payload.Envelope is { Attributes: { IsEmpty: false } attributes } ? new(attributes) : null,
            MediaType = payload.MediaType,
            Length = payload.Length,
            Json = isHere && isJson ? new(payload.Bytes) : null,
            Data = isHere && !isJson ? payload.Bytes : null,
        };
    }
}
