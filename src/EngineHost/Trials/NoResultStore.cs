using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Grains.Results;
using BlueEdge.Results;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Trials;

/// <summary>Keeps nothing: a trial has no interested channels.</summary>
internal sealed class NoResultStore : IResultStore
{
    public ValueTask<bool> AppendAsync(
        SubSessionKey producer, int epoch, string channel, bool isOnlyProducer, long firstSequence, ImmutableArray<Payload> items, CancellationToken cancellationToken) => new(true);

    public Task<ImmutableArray<ResultPage>> ReadAsync(
        string sessionId, int epoch, ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray<ResultPage>.Empty);
}
