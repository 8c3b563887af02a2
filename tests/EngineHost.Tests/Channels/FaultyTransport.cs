using System.Collections.Concurrent;
using BlueEdge.EngineHost.Channels;
using BlueEdge.Grains.Channels;

namespace BlueEdge.EngineHost.Tests.Channels;

/// <summary>Brings deliveries to inboxes as a bad network does: twice, late, in another order, and with answers lost. Repeats what failed, as transports must.</summary>
internal sealed class FaultyTransport(IReadOnlyDictionary<string, Inbox> inboxes, int seed) : IChannelTransport, IChannelRoute
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();
    private readonly ConcurrentBag<ChannelDelivery> _past = [];

    /// <summary>How many deliveries came, repeated ones not counted.</summary>
    public int Deliveries { get; private set; }

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IChannelRoute RouteTo(ChannelEnd reader) => this;

    public async ValueTask<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken)
    {
        var inbox = inboxes[delivery.Reader.Node];
        _past.Add(delivery);
        lock (_lock)
        {
            Deliveries++;
        }

        while (true)
        {
            var fault = Next(8);
            if (fault < 4)
            {
                await Task.Yield();
            }

            if (fault is 0 or 1)
            {
                // What this or another writer sent long ago comes again.
                var old = _past.ElementAt(Next(_past.Count));
                inboxes[old.Reader.Node].Accept(old);
            }

            if (fault is 2)
            {
                // Lost on its way.
                continue;
            }

            var reply = delivery.Items.IsEmpty && !delivery.Ended
                ? await inbox.AcceptWithRoomAsync(delivery, cancellationToken)
                : inbox.Accept(delivery);
            if (fault is 3)
            {
                // Only the answer is lost.
                continue;
            }

            return reply;
        }
    }

    private int Next(int limit)
    {
        lock (_lock)
        {
            return _random.Next(limit);
        }
    }
}
