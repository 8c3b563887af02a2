using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>The envelope of a list of sessions.</summary>
internal sealed record SessionListResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>The page.</summary>
    public required SessionListData Data { get; init; }

    public static SessionListResponse From(SessionPage page) => new()
    {
        Data = new() { Sessions = [.. page.Sessions.Select(SessionListItem.From)], NextCursor = page.NextCursor },
    };
}
