namespace BlueEdge.Channels;

/// <summary>What a writer says of an item beside its content; see <see cref="ItemEnvelope"/> for the limits. What is left out stays as it is.</summary>
public sealed record ItemOptions
{
    /// <summary>Which items belong together; <see langword="null"/> by default, which leaves an item's own, or that of the item in hand.</summary>
    public string? Key { get; init; }

    /// <summary>Words about the item; <see langword="null"/> by default, which leaves those of an item that is passed on.</summary>
    public IReadOnlyCollection<string>? Tags { get; init; }

    /// <summary>
    /// Small facts about the item: what is written as a JSON object with the web defaults (camel case), such as
    /// <c>new { page = 3 }</c>; <see langword="null"/> by default, which leaves those of an item that is passed on.
    /// </summary>
    public object? Attributes { get; init; }
}
