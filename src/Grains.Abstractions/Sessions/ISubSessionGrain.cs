using Orleans.Concurrency;

namespace BlueEdge.Sessions;

/// <summary>One node of a session, keyed by the text of its <see cref="SubSessionKey"/>. All that is known of it its session knows.</summary>
[Alias("blueedge.sub-session")]
public interface ISubSessionGrain : IGrainWithStringKey
{
    /// <summary>Reads the node, or <see langword="null"/> where there is no such node, or no such session any more.</summary>
    [Alias("find"), AlwaysInterleave]
    Task<SubSessionSnapshot?> FindAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stops the node, and with it the session, or not, as <see cref="SessionSpec.OnNodeStopped"/> says. Where the session goes on,
    /// the node is stopped once all nodes are ready, and in every later attempt. Stopping a node that is over, or of a session that
    /// has ended, changes nothing. Answers without waiting for the node's end.
    /// </summary>
    [Alias("stop"), AlwaysInterleave]
    Task<SubSessionSnapshot?> StopAsync(CancellationToken cancellationToken);
}
