namespace BlueEdge.Sessions.Events;

/// <summary>
/// The Orleans stream that carries what happens to all sessions of a cluster, where its core silos have a Kafka: its events are
/// <see cref="SessionStreamEvent"/>s, and subscriptions are explicit. What is promised of it is on the page <c>docs/session-stream.md</c>.
/// </summary>
public static class SessionStreams
{
    /// <summary>The name of the stream provider, for <c>GetStreamProvider</c>.</summary>
    public const string Provider = "blueedge-session-events";

    /// <summary>The namespace of the stream's id.</summary>
    public const string Namespace = "blueedge-session-events";

    /// <summary>The key of the stream's id.</summary>
    public const string Key = "all";
}
