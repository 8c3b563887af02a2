using System.Collections.Immutable;
using System.Text.Json;

namespace BlueEdge.Gateway.Sessions;

/// <summary>An item to feed in.</summary>
internal sealed record StartDataRequest
{
    /// <summary>A channel that no engine writes.</summary>
    public required string ChannelName { get; init; }

    /// <summary>
    /// For a JSON channel any JSON value. For the others base64, a <c>data:</c> URL, or an object of <c>mediaType</c> and
    /// <c>data</c> with either in data.
    /// </summary>
    public required JsonElement Payload { get; init; }

    /// <summary>Which items it belongs to: at most 256 characters. What engines write while they process it has the same key, unless they give another.</summary>
    public string? Key { get; init; }

    /// <summary>Words about it: at most 16, each once and of at most 64 characters.</summary>
    public ImmutableArray<string>? Tags { get; init; }

    /// <summary>Small facts about it: an object of at most 4,096 bytes.</summary>
    public JsonElement? Attributes { get; init; }
}
