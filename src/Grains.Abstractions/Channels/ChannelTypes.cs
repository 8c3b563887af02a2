using System.Collections.Immutable;

namespace BlueEdge.Channels;

/// <summary>The types of channels, as one table: what names, reads or compares them asks here. Some may be unknown.</summary>
public static class ChannelTypes
{
    /// <summary>
    /// Formats of any kind are registered under <c>application/</c>, so only what is plainly something else is no content of a channel.
    /// </summary>
    private const string AnyFormat = "application/";

    private static readonly ImmutableArray<ChannelTypeRow> Table =
    [
        new(ChannelType.Json, "JSON"),
        new(ChannelType.Image, "Image", "image/", AnyFormat),
        new(ChannelType.Video, "Video", "video/", "image/", AnyFormat),
        new(ChannelType.File, "File"),
    ];

    /// <summary>The names that callers use.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Table.Select(row => row.Name)];

    /// <summary>The names in words: <c>JSON, Image, Video or File</c>.</summary>
    public static string Choice { get; } = $"{string.Join(", ", Names[..^1])} or {Names[^1]}";

    /// <summary>The name that callers use.</summary>
    public static string Name(ChannelType? type) => Find(type)?.Name ?? "of no known type";

    /// <summary>The type of a name, in any case, or <see langword="null"/> where it is none.</summary>
    public static ChannelType? Parse(string name)
    {
        foreach (var row in Table)
        {
            if (string.Equals(row.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return row.Type;
            }
        }

        return null;
    }

    /// <summary>Whether it is one of the table, which one from a body that could not be read is not.</summary>
    public static bool IsKnown(ChannelType? type) => Find(type) is not null;

    /// <summary>Whether both are known and differ: a type that is not known is a fault of its own, and breeds no others.</summary>
    public static bool Differ(ChannelType? one, ChannelType? other) => one != other && IsKnown(one) && IsKnown(other);

    /// <summary>Whether a media type can be the content of such a channel.</summary>
    public static bool Fits(ChannelType type, string? mediaType) => Find(type) is not { Media: { IsEmpty: false } media }
        || media.Any(beginning => mediaType?.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) ?? false);

    private static ChannelTypeRow? Find(ChannelType? type)
    {
        foreach (var row in Table)
        {
            if (row.Type == type)
            {
                return row;
            }
        }

        return null;
    }
}
