using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Grains.Results;
using BlueEdge.Results;
using BlueEdge.Sessions;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>Sessions without results, and how often they were asked for.</summary>
internal sealed class CountedResults : IResultStore
{
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    public Task<ImmutableArray<ResultPage>> ReadAsync(string sessionId, int epoch, ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        return Task.FromResult<ImmutableArray<ResultPage>>([.. queries.Select(query => new ResultPage { Channel = query.Channel, Items = [], Total = 0 })]);
    }

    public ValueTask<bool> AppendAsync(
        SubSessionKey producer, int epoch, string channel, bool isOnlyProducer, long firstSequence, ImmutableArray<Payload> items, CancellationToken cancellationToken) => throw new NotSupportedException();
}
