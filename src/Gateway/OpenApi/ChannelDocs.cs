namespace BlueEdge.Gateway.OpenApi;

/// <summary>What the API reference says about channels.</summary>
internal static class ChannelDocs
{
    public const string Listen =
        "Server-sent events with what is written to an interested channel, from its first item on, as it is written, until the session's end. Each has a cursor as its `id`, "
        + "attempt and offset, behind which any gateway goes on. A slash in the channel's name is written %2F.";

    public const string Events =
        "`item` with the item as results show it with `envelope=true`, where what is not JSON, and JSON of more than a megabyte, has an `href` to its bytes; `attempt` (`attempt`, `former`: the session runs again, and what "
        + "is written now takes the place of all that came before); `gap` (what followed the cursor is not to be had any more: an `attempt` follows); at last `end` with `sessionId` and `process`.";

    public static QueryParameter[] ListenParameters { get; } =
    [
        new("after", "string", "The `id` of an item to begin behind, such as `1:41`. The first item where it is left out."),
    ];
}
