using System.Collections.Immutable;

namespace BlueEdge.Gateway.Sessions;

/// <summary>A page of sessions.</summary>
internal sealed record SessionListData
{
    /// <summary>The sessions, the newest first.</summary>
    public required ImmutableArray<SessionListItem> Sessions { get; init; }

    /// <summary>The <c>cursor</c> of the next page; left out where there is none.</summary>
    public string? NextCursor { get; init; }
}
