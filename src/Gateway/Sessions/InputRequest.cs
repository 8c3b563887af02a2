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
}
