namespace BlueEdge.Gateway.OpenApi;

/// <summary>What the API reference says about channels.</summary>
internal static class ChannelDocs
{
    public const string Listen =
        "Server-sent events with what is written to a channel, as it is written, until the session's end: of an interested one from its first item on; of any other that engines write "
        + "from now on, and of one with `\"external\": \"out\"` from the newest 256 items on, unless configured otherwise. Each item has a cursor as its `id`, attempt and offset, behind which any gateway goes on. A slash in the channel's name is written %2F.";

    public const string Events =
        "`item` with the item as results show it with `envelope=true`, where what is not JSON, and JSON of more than a megabyte, has an `href` to its bytes; `attempt` (`attempt`, `former`: the session runs again, and what "
        + "is written now takes the place of all that came before); `gap` (what followed the cursor, or the begin, is not to be had any more, with `missed` where it is known how many items that were); at last `end` with `sessionId` and `process`.";

    public const string Item =
        "Answers with the item's own media type, by the `id` that it was told with, as long as it is among the newest: the `href` in a stream's event is its address. A slash in the channel's name is written %2F.";

    public static QueryParameter[] ListenParameters { get; } =
    [
        new("after", "string", "The `id` of an item to begin behind, such as `1:41`. The first item where it is left out."),
    ];
}
