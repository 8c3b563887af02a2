namespace BlueEdge.Gateway.OpenApi;

/// <summary>What the API reference says about sessions.</summary>
internal static class SessionDocs
{
    public const string Submit =
        "A success means that the session is stored and will reach exactly one of finished, failed and canceled, whatever crashes. "
        + "With `waitTimeSecond` the call waits for that end. All faults of the body are answered at once, each with its JSON pointer. "
        + "With an `Idempotency-Key` the call can be sent again safely: the same key and body give the same session, another body 422.";

    public const string Validate =
        "Takes the body of either submission, a single engine's where it has a member `engineId`, and answers as that would: with all its faults, "
        + "uploads and limits included, or that it would be accepted now, and with which warnings. Nothing is run, and nothing is stored.";

    public const string Read =
        "Answers with the status and what the interested channels have so far, in order. Very long results are cut and paged: "
        + "`data.paging` then says where the next page begins.";

    public const string Stop =
        "A pending session is canceled at once; a running one is told, and its engines wind down. Answers after the end, with status and results. "
        + "Stopping a session that has ended changes nothing.";

    public const string StopNode =
        "The session fails with its node, for good, or goes on without it, as its `onNodeStopped` says. In one that goes on the engine winds down once all are ready, "
        + "what it has written reaches its readers, and it stays stopped in later attempts. Answers without waiting for that. "
        + "Stopping a node that is over, or of a session that has ended, changes nothing.";

    public const string List =
        "Sessions of every kind, the newest first, each with all but its results. A page costs as much as it is long, however many sessions there are. "
        + "A page may be shorter than `limit` and not be the last: the last one has no `data.nextCursor`.";

    public const string Events =
        "Statuses of the session and of its nodes, the begin of each attempt, and what engines say on their Status outputs, in the order in which they came, "
        + "numbered from 1; the newest 10,000 are kept. "
        + "Kept for sessions that are submitted with `\"events\": true`, as long as their results. With `waitTimeSecond` the call waits for the next event: "
        + "pass `data.next` on as `after` until an answer has none. With `Accept: text/event-stream` they come as they happen, until the session's end.";

    public const string EventStream =
        "`status` (where the session stands, when the stream begins and while it waits, as `sessionId` and `process`), then the session's events, each as one of `data.events` and under its `type`, "
        + "with its number as `id`; `gap` (`missed`: so many older ones were dropped); at last `end`, as `status`. Of a session that keeps no events come `status` and `end` alone.";

    public const string Listen =
        "For consoles: what happens to all sessions of the caller's tenant from now on, also to those that keep no events (of which what engines say does not come). "
        + "It is live only: nothing is told again, and a connection that is opened anew begins with what happens then. "
        + "Who reads slower than it happens loses the oldest events and is told how many.";

    public const string LiveStream =
        "`listening` once it is: what the list of sessions says after it is complete with what follows. Then each event under its `type`, as one of `data.events` of its session, "
        + "with `sessionId`. `gap` (`missed`: so many events; left out where nobody knows, as after a silo came or went) where some were not told. It has no end.";

    public static QueryParameter[] EventParameters { get; } =
    [
        new("after", "integer", "Only events with a larger number; 0, for all, where it is left out."),
        new("waitTimeSecond", "number", "Waits at most so many seconds for an event, where there is none yet."),
    ];

    public static QueryParameter[] ListParameters { get; } =
    [
        new("status", "string", "Only sessions in this status: pending, queuing, processing, stopping, finished, failed or canceled."),
        new("engine", "string", "Only sessions with a node of this engine."),
        new("limit", "integer", "At most so many sessions, 1 to 200; 50 where it is left out."),
        new("cursor", "string", "Where to go on: `data.nextCursor` of the page before."),
    ];

    public static QueryParameter[] ListenParameters { get; } =
    [
        new("status", "string", "Only what happens to sessions that are in this status then: pending, queuing, processing, stopping, finished, failed or canceled."),
        new("engine", "string", "Only sessions with a node of this engine."),
    ];

    public static QueryParameter[] ReadParameters { get; } =
    [
        new("channel", "string", "Only the results of this channel. May be given several times."),
        new("offset", "integer", "How many items of each channel to skip."),
        new("limit", "integer", "At most so many items of each channel."),
        new("envelope", "boolean", "Whether each item comes as an object of its `offset`, its `key`, `tags` and `attributes` as far as it has any, and either `value`, for JSON, or the members of any other item. `false` where it is left out."),
        new("waitTimeSecond", "number", "Waits at most so many seconds for the session's end."),
    ];

    public static QueryParameter[] StopParameters { get; } =
    [
        new("waitTimeSecond", "number", "Waits at most so many seconds for the session's end; 60 unless configured."),
    ];
}
