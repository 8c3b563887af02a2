using BlueEdge.Gateway.OpenApi;

namespace BlueEdge.Gateway.Channels.Inputs;

/// <summary>What the API reference says about channels that clients write.</summary>
internal static class InputDocs
{
    public const string Write =
        "For channels whose session says `\"external\": \"in\"` of them. The body is one item, as it is, with its own media type; or, as `application/x-ndjson`, "
        + "many, a line each, in the forms that payloads of start data have. All of the body is taken or nothing, and what is taken is durable. "
        + "With `writer` and `sequence` a call can be sent again safely, at any gateway: what the channel has of that writer is acknowledged and not written again. "
        + "Lines without any item say that the writer is there, and ask which number it writes next. Items that come before the engines are ready wait for them. 429 says that the engines are too slow: send the same again soon. "
        + "409 says that items of this writer before these are missing, and in `data.nextSequence` from which on; or that the channel has ended. 410: its session has.";

    public const string End =
        "Says that nobody writes any more, for all writers: the engines get what was written, and hear that it was all. Ending it again changes nothing.";

    private static readonly QueryParameter Writer =
        new("writer", "string", "A name of the writer's own among all who write to the channel, 1 to 64 characters. One without is never recognised.");

    public static QueryParameter[] WriteParameters { get; } =
    [
        Writer,
        new("sequence", "integer", "The number of the first item among all that this writer writes to the channel, from 0. Required with `writer`, and only there."),
    ];

    public static QueryParameter[] EndParameters { get; } = [Writer];
}
