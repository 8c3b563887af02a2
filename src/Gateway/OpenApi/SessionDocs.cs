namespace BlueEdge.Gateway.OpenApi;

/// <summary>What the API reference says about sessions.</summary>
internal static class SessionDocs
{
    public const string Submit =
        "A success means that the session is stored and will reach exactly one of finished, failed and canceled, whatever crashes. "
        + "With `waitTimeSecond` the call waits for that end. All faults of the body are answered at once, each with its JSON pointer. "
        + "With an `Idempotency-Key` the call can be sent again safely: the same key and body give the same session, another body 422.";

    public const string Read =
        "Answers with the status and what the interested channels have so far, in order. Very long results are cut and paged: "
        + "`data.paging` then says where the next page begins.";

    public const string Stop =
        "A pending session is canceled at once; a running one is told, and its engines wind down. Answers after the end, with status and results. "
        + "Stopping a session that has ended changes nothing.";

    public static QueryParameter[] ReadParameters { get; } =
    [
        new("channel", "string", "Only the results of this channel. May be given several times."),
        new("offset", "integer", "How many items of each channel to skip."),
        new("limit", "integer", "At most so many items of each channel."),
        new("waitTimeSecond", "number", "Waits at most so many seconds for the session's end."),
    ];

    public static QueryParameter[] StopParameters { get; } =
    [
        new("waitTimeSecond", "number", "Waits at most so many seconds for the session's end; 60 unless configured."),
    ];
}
