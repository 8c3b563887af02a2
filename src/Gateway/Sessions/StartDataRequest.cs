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
}
