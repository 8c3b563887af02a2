using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Results;
using BlueEdge.Sessions;
using BlueEdge.Storage;

namespace BlueEdge.Grains.Results;

/// <summary>Keeps what is written to interested channels, in order.</summary>
public interface IResultStore
{
    /// <summary>
    /// Appends a run of items of one producer; durable when it returns. Items that the channel already has of this
    /// producer, by sequence, are dropped, so that a call may be repeated. Whether a producer is the channel's only one must not
    /// change within an attempt.
    /// </summary>
    /// <returns>False, with nothing stored, where the session has ended or is at another attempt: this one's run is over.</returns>
    /// <exception cref="StoreUnavailableException">The store does not answer, or takes no writes; the call may be repeated.</exception>
    /// <exception cref="BlueEdgeException">Items before the first one are missing.</exception>
    ValueTask<bool> AppendAsync(
        SubSessionKey producer, int epoch, string channel, bool isOnlyProducer, long firstSequence, ImmutableArray<Payload> items, CancellationToken cancellationToken);

    /// <summary>Reads pages of an attempt's channels, in the order of the queries.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    Task<ImmutableArray<ResultPage>> ReadAsync(
        string sessionId, int epoch, ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken);
}
