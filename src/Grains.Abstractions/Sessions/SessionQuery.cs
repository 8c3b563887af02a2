namespace BlueEdge.Sessions;

/// <summary>Which sessions to list.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-query")]
public sealed record SessionQuery
{
    /// <summary>The most sessions a page can have.</summary>
    public const int LargestLimit = 200;

    /// <summary>Only sessions in this status; <see langword="null"/> for all.</summary>
    [Id(0)]
    public SessionStatus? Status { get; init; }

    /// <summary>Only sessions with a node of this engine; <see langword="null"/> for all.</summary>
    [Id(1)]
    public string? Engine { get; init; }

    /// <summary>At most so many sessions, from 1 to <see cref="LargestLimit"/>; 50 by default.</summary>
    [Id(2)]
    public int Limit { get; init; } = 50;

    /// <summary>Where the page before ended (see <see cref="SessionPage.NextCursor"/>); <see langword="null"/> for the first page.</summary>
    [Id(3)]
    public string? Cursor { get; init; }
}
