using System.Runtime.InteropServices;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels;

namespace BlueEdge.EngineHost.Channels;

/// <summary>
/// What came for a sub-session and is not processed yet: bounded for each channel, each writer's items once and in order.
/// </summary>
/// <remarks>
/// A writer numbers its items. What is repeated is dropped; what comes too early is answered with the number expected, and
/// comes again. A channel that is full takes nothing, which the answer's credit says, so that a slow reader slows the writers
/// of that channel and nobody else. A channel that delivers the latest is never full: its newest item takes the place of the one
/// that waits.
/// </remarks>
internal sealed class Inbox
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, InboxChannel> _channels;
    private readonly Queue<(InboxChannel Channel, InboxItem? Item)> _items = new();
    private readonly int _windowItems;
    private readonly long _windowBytes;
    private TaskCompletionSource? _reader;
    private int _writing;
    private bool _closed;
    private long _dropped;

    public Inbox(IEnumerable<InputLink> inputs, int windowItems, long windowBytes)
    {
        (_windowItems, _windowBytes) = (windowItems, windowBytes);
        _channels = inputs.GroupBy(link => link.Channel, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => new InboxChannel(group.Key, [.. group.Select(link => link.Port)], group.First().Writers, group.First().Delivery is DeliveryMode.Latest),
            StringComparer.Ordinal);
        _writing = _channels.Values.Sum(channel => channel.Producers.Count);
    }

    /// <summary>Whether all writers have ended, or there are none; what they wrote may still wait here.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_lock)
            {
                return _writing == 0;
            }
        }
    }

    /// <summary>Items that newer ones took the place of before they were read.</summary>
    public long Dropped
    {
        get
        {
            lock (_lock)
            {
                return _dropped;
            }
        }
    }

    /// <summary>Takes what there is room for; says how far that was, and how much more there is room for.</summary>
    public DeliveryReply Accept(ChannelDelivery delivery) => Accept(delivery, isAll: false);

    /// <summary>Takes all of it: its writer was told of the room before.</summary>
    public void Take(ChannelDelivery delivery) => Accept(delivery, isAll: true);

    private DeliveryReply Accept(ChannelDelivery delivery, bool isAll)
    {
        TaskCompletionSource? reader = null;
        TaskCompletionSource? changed = null;
        DeliveryReply reply;
        lock (_lock)
        {
            if (_closed || !_channels.TryGetValue(delivery.Channel, out var channel) || !channel.Producers.ContainsKey(delivery.Producer))
            {
                return new() { NextSequence = 0, CreditItems = 0, CreditBytes = 0, Gone = true };
            }

            ref var producer = ref CollectionsMarshal.GetValueRefOrNullRef(channel.Producers, delivery.Producer);
            var last = delivery.FirstSequence + delivery.Items.Length;
            if (channel.IsLatest && producer.Next < delivery.FirstSequence)
            {
                _dropped += delivery.FirstSequence - producer.Next;
                producer.Next = delivery.FirstSequence;
            }

            while (producer.Next >= delivery.FirstSequence && producer.Next < last && (isAll || HasRoom(channel)))
            {
                Enqueue(channel, new(delivery.Producer, producer.Next, delivery.Items[(int)(producer.Next - delivery.FirstSequence)]));
                producer.Next++;
            }

            if (delivery.Ended && producer.Next == last && !producer.Ended)
            {
                producer.Ended = true;
                channel.Writing--;
                _writing--;
            }

            if (isAll)
            {
                // Whoever asks may wait for these to come.
                (changed, channel.Changed) = (channel.Changed, NewSignal());
            }

            if (_items.Count > 0 || _writing == 0)
            {
                (reader, _reader) = (_reader, null);
            }

            reply = Reply(channel, producer.Next);
        }

        reader?.SetResult();
        changed?.SetResult();
        return reply;
    }

    /// <summary>The reply once all before it has come and the channel has room, or at once where the sub-session is over.</summary>
    public async ValueTask<DeliveryReply> AcceptWithRoomAsync(ChannelDelivery delivery, CancellationToken cancellationToken)
    {
        var reply = Accept(delivery);
        while (!reply.Gone && (reply.CreditItems == 0 || reply.NextSequence < delivery.FirstSequence))
        {
            Task room;
            lock (_lock)
            {
                var channel = _channels[delivery.Channel];
                room = _closed || (HasRoom(channel) && channel.Producers[delivery.Producer].Next >= delivery.FirstSequence)
                    ? Task.CompletedTask
                    : channel.Changed.Task;
            }

            try
            {
                await room.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return reply;
            }

            reply = Accept(delivery);
        }

        return reply;
    }

    /// <summary>The next item with the channel it came by, or <see langword="null"/> once all writers have ended or the inbox is closed.</summary>
    public async ValueTask<(InboxChannel Channel, InboxItem Item)?> ReadAsync()
    {
        while (true)
        {
            TaskCompletionSource reader;
            TaskCompletionSource? room = null;
            lock (_lock)
            {
                if (_items.TryDequeue(out var next))
                {
                    var channel = next.Channel;
                    var item = next.Item ?? channel.TakeNewest();
                    var hadRoom = HasRoom(channel);
                    channel.Remove(item.Payload);
                    if (!hadRoom && HasRoom(channel))
                    {
                        (room, channel.Changed) = (channel.Changed, NewSignal());
                    }

                    room?.TrySetResult();
                    return (channel, item);
                }

                if (_closed || _writing == 0)
                {
                    return null;
                }

                reader = _reader ??= NewSignal();
            }

            await reader.Task;
        }
    }

    /// <summary>Drops what waits and takes no more.</summary>
    public void Close()
    {
        TaskCompletionSource? reader;
        lock (_lock)
        {
            _closed = true;
            _items.Clear();
            (reader, _reader) = (_reader, null);
            foreach (var channel in _channels.Values)
            {
                channel.Changed.TrySetResult();
            }
        }

        reader?.SetResult();
    }

    private void Enqueue(InboxChannel channel, InboxItem item)
    {
        if (!channel.IsLatest)
        {
            _items.Enqueue((channel, item));
        }
        else if (channel.Renew(item) is { } older)
        {
            channel.Remove(older.Payload);
            _dropped++;
        }
        else
        {
            // Holds the place; which item it is shows when it is read.
            _items.Enqueue((channel, null));
        }

        channel.Add(item.Payload);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool HasRoom(InboxChannel channel) =>
        channel.IsLatest || channel.Items == 0 || (channel.Items < _windowItems && channel.Bytes < _windowBytes);

    private DeliveryReply Reply(InboxChannel channel, long next) => new()
    {
        NextSequence = next,
        // The room is for all writers together: each may use its part before it hears of the others.
        CreditItems = HasRoom(channel) ? Math.Max(1, (_windowItems - channel.Items) / Math.Max(1, channel.Writing)) : 0,
        CreditBytes = Math.Max(0, (_windowBytes - channel.Bytes) / Math.Max(1, channel.Writing)),
    };
}
