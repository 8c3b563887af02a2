using BlueEdge.Channels;

namespace BlueEdge.Validation;

/// <summary>Compares and names types, of which some may be unknown.</summary>
internal static class ChannelTypes
{
    /// <summary>Whether both are known and differ: a type outside the enum is a fault of its own, and breeds no others.</summary>
    public static bool Differ(ChannelType? one, ChannelType? other) =>
        one is { } left && other is { } right && left != right && Enum.IsDefined(left) && Enum.IsDefined(right);

    /// <summary>The name that callers use.</summary>
    public static string Name(ChannelType? type) => type switch
    {
        ChannelType.Json => "JSON",
        ChannelType.Image => "Image",
        ChannelType.Video => "Video",
        ChannelType.File => "File",
        _ => "of no known type",
    };

    /// <summary>
    /// Whether a media type can be the content of such a channel. Formats of any kind are registered under
    /// <c>application/</c>, so only what is plainly something else is refused.
    /// </summary>
    public static bool Fits(ChannelType type, string? mediaType) => type switch
    {
        ChannelType.Image => Is(mediaType, "image/") || Is(mediaType, "application/"),
        ChannelType.Video => Is(mediaType, "video/") || Is(mediaType, "image/") || Is(mediaType, "application/"),
        _ => true,
    };

    private static bool Is(string? mediaType, string family) =>
        mediaType?.StartsWith(family, StringComparison.OrdinalIgnoreCase) ?? false;
}
