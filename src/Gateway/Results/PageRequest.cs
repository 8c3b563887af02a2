using BlueEdge.Gateway.Http;

namespace BlueEdge.Gateway.Results;

/// <summary>Which results an answer is to have.</summary>
/// <param name="Channels">The channels asked for; empty for all.</param>
/// <param name="Offset">How many items to skip in each, or <see langword="null"/>.</param>
/// <param name="Limit">At most so many items of each, or <see langword="null"/>.</param>
/// <param name="ShowsEnvelopes">Whether each item is to come with its place and what it says of itself.</param>
internal sealed record PageRequest(IReadOnlyList<string> Channels, long? Offset, int? Limit, bool ShowsEnvelopes = false)
{
    private const int MostItems = 100_000;

    public static PageRequest Everything { get; } = new([], null, null);

    /// <summary>Whether the caller pages, and so is to be told where each page ends.</summary>
    public bool IsPaged => Offset is not null || Limit is not null;

    public static PageRequest Read(IQueryCollection query, QueryReader reader) =>
        new(
            [.. query["channel"].Where(name => !string.IsNullOrEmpty(name)).Select(name => name!).Distinct(StringComparer.Ordinal)],
            reader.Integer("offset", 0, long.MaxValue),
            (int?)reader.Integer("limit", 1, MostItems),
            reader.OneOf("envelope", ["true", "false"]) is "true");
}
