using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Gateway.Channels;

namespace BlueEdge.Gateway.Sessions;

/// <summary>What is fed to an input.</summary>
internal sealed record InputRequest
{
    /// <summary>What its items are: that of the port.</summary>
    [ChannelTypeNames]
    public required string Type { get; init; }

    /// <summary>
    /// For JSON any JSON value. For the others base64, a <c>data:</c> URL, or an object of <c>mediaType</c> and <c>data</c>
    /// with either in data. Left out: nothing is fed to it.
    /// </summary>
    public JsonElement? Payload { get; init; }

    /// <summary>Which items it belongs to: at most 256 characters. What engines write while they process it has the same key, unless they give another.</summary>
    public string? Key { get; init; }

    /// <summary>Words about it: at most 16, each once and of at most 64 characters.</summary>
    public ImmutableArray<string>? Tags { get; init; }

    /// <summary>Small facts about it: an object of at most 4,096 bytes.</summary>
    public JsonElement? Attributes { get; init; }
}
