using Microsoft.Net.Http.Headers;

namespace BlueEdge.Gateway.Channels;

/// <summary>Media types as callers and engines give them.</summary>
internal static class MediaTypes
{
    /// <summary>What is known of content about which nothing is known.</summary>
    public const string Unknown = "application/octet-stream";

    // Longer than any that is in use, and short enough for every server and client on the way.
    private const int Longest = 1_024;

    /// <summary>Whether it is one, and can stand in a header.</summary>
    public static bool IsValid(string? mediaType) =>
        mediaType is { Length: <= Longest }
        && !mediaType.AsSpan().ContainsAnyExceptInRange(' ', '~')
        && MediaTypeHeaderValue.TryParse(mediaType, out _);
}
