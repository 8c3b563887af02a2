using System.ComponentModel.DataAnnotations;
using BlueEdge.Channels;
using BlueEdge.Gateway.Channels;
using BlueEdge.Gateway.Http;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>A channel that clients write or listen to while its session runs.</summary>
internal sealed record ExternalChannelResponse
{
    /// <summary>What its items are.</summary>
    [ChannelTypeNames]
    public required string Type { get; init; }

    /// <summary><c>in</c>: clients write it; <c>out</c>: they listen to it.</summary>
    [AllowedValues("in", "out")]
    public required string Direction { get; init; }

    /// <summary>Where that is done, by the name that the request called this process by: items are sent there by POST, or heard from there by GET.</summary>
    public required string Url { get; init; }

    /// <summary>The socket of the session, by which all of its channels are written and listened to.</summary>
    public required string Socket { get; init; }

    public static ExternalChannelResponse Of(string sessionId, ChannelSpec channel, HttpRequest request)
    {
        var isInput = channel.External is ExternalDirection.In;
        var session = $"{request.PathBase}{ApiRoutes.Prefix}/sessions/{sessionId}";
        return new()
        {
            Type = ChannelTypes.Name(channel.Type),
            Direction = isInput ? "in" : "out",
            Url = $"{Origin(request, request.Scheme)}{session}/channels/{Uri.EscapeDataString(channel.Name)}/{(isInput ? "items" : "events")}",
            Socket = $"{Origin(request, request.IsHttps ? "wss" : "ws")}{session}/socket",
        };
    }

    /// <summary>Nothing where the request names no host, as HTTP/1.0 need not: the address is then relative.</summary>
    private static string Origin(HttpRequest request, string scheme) => request.Host.HasValue ? $"{scheme}://{request.Host.ToUriComponent()}" : "";
}
