using System.Text.Json.Nodes;
using BlueEdge.Gateway.AsyncApi;
using BlueEdge.Gateway.Http;

namespace BlueEdge.Gateway.Channels.Inputs;

/// <summary>The messages of those who write to a channel.</summary>
internal static class InputMessages
{
    private static readonly AsyncApiMessage Written = new("written", "How to go on; faults are answered as the OpenAPI document says.")
    {
        Schema = Schemas.Of(AnswerJson.Context.InputResponse),
        Examples = [(null, """{"status":"success","message":"","data":{"nextSequence":2,"creditItems":1022,"creditBytes":16777190,"recognisesRepeats":true}}""")],
    };

    public static AsyncApiChannel Items { get; } = new("writeItems", "/sessions/{sessionId}/channels/{channel}/items")
    {
        IsSent = false,
        Method = "POST",
        Summary = "Write to a channel of a session that runs",
        Description = InputDocs.Write,
        Query = InputDocs.WriteParameters,
        Messages =
        [
            new("lines", "Many items, a line each, in the forms that payloads of start data have.")
            {
                ContentType = "application/x-ndjson",
                Schema = new JsonObject { ["type"] = "string" },
                Examples = [(null, """ "{\"number\": 1}\n{\"number\": 2}\n" """)],
            },
            new("item", "One item of a JSON channel. Of other channels the body is the item's bytes, with their own media type.")
            {
                Schema = new JsonObject(),
                Examples = [(null, """{"number":3}""")],
            },
        ],
        Reply = Written,
    };

    public static AsyncApiChannel End { get; } = new("endChannel", "/sessions/{sessionId}/channels/{channel}/end")
    {
        IsSent = false,
        Method = "POST",
        Summary = "End a channel that clients write",
        Description = InputDocs.End,
        Query = InputDocs.EndParameters,
        Messages = [new("end", "Nobody writes any more. It has no body.")],
        Reply = Written,
    };
}
