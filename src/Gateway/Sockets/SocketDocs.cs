using BlueEdge.Gateway.OpenApi;

namespace BlueEdge.Gateway.Sockets;

/// <summary>What the API reference says about sockets.</summary>
internal static class SocketDocs
{
    public const string Open =
        "A WebSocket with the subprotocol `blueedge.v1`, by which a client writes to any channel with `\"external\": \"in\"` and listens to any other, while it is told what happens to the session. Text frames "
        + "are control messages of JSON (`open`, `credit` and `end` from the client; `opened`, `ack`, `credit`, `end`, `gap`, `status`, `goaway` and `error` from the gateway), binary frames are items with a header of 24 bytes. "
        + "Both sides send what the other has given credit for. docs/api.md has the frames and the close codes.";

    public static QueryParameter[] Parameters { get; } =
    [
        new("after", "integer", "The number of the last event of the session that the client has. All that are kept where it is left out."),
    ];
}
