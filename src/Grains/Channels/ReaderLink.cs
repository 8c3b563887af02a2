using System.Runtime.ExceptionServices;
using BlueEdge.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Channels;

/// <summary>
/// The way of one writer's items to one reader, one delivery at a time. What is sent, and what waits for it, is for the kinds of
/// delivery to say; they change it under <see cref="Gate"/> only.
/// </summary>
/// <param name="route">Brings deliveries to the reader.</param>
/// <param name="reader">Where they go.</param>
/// <param name="outline">What all of them have in common.</param>
/// <param name="cancellationToken">Fires when the writer is stopped.</param>
public abstract class ReaderLink(IChannelRoute route, ChannelEnd reader, ChannelDelivery outline, CancellationToken cancellationToken)
{
    private readonly ReaderPresence _presence = new(reader, outline);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExceptionDispatchInfo? _failure;
    private bool _sending;

    /// <summary>What the link's state is changed under.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>What all deliveries have in common.</summary>
    protected ChannelDelivery Outline => outline;

    /// <summary>Whether the writer has ended.</summary>
    protected bool IsEnding { get; private set; }

    /// <summary>Whether the end is settled: the reader knows of it, or is over.</summary>
    protected bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Up to where the reader has all that was written, or wants none of it; <see cref="long.MaxValue"/> where it is over.</summary>
    public long Settled
    {
        get
        {
            lock (Gate)
            {
                return _presence.IsGone ? long.MaxValue : NextUnsettled;
            }
        }
    }

    /// <summary>The first item that the reader is not known to have. Asked for under the gate.</summary>
    protected abstract long NextUnsettled { get; }

    /// <summary>The way of what one writer writes to a link's channel to one of its readers.</summary>
    /// <param name="link">The channel.</param>
    /// <param name="reader">One of its readers.</param>
    /// <param name="producer">The writer, by its session and name.</param>
    /// <param name="epoch">The writer's attempt.</param>
    /// <param name="route">Brings deliveries to the reader.</param>
    /// <param name="windowItems">Items that may wait before the writer does, where every one is delivered.</param>
    /// <param name="windowBytes">Their bytes.</param>
    /// <param name="cancellationToken">Fires when the writer is stopped.</param>
    /// <param name="first">The first item's number: not 0 where the reader has what comes before, and nobody else has it any more.</param>
    public static ReaderLink Open(
        OutputLink link, ChannelEnd reader, SubSessionKey producer, int epoch, IChannelRoute route, int windowItems, long windowBytes, CancellationToken cancellationToken, long first = 0)
    {
        var outline = new ChannelDelivery
        {
            Reader = new(producer.SessionId, reader.Name),
            Epoch = epoch,
            Channel = link.Channel,
            Producer = producer.Node,
            FirstSequence = first,
            Items = [],
            Trace = link.Trace,
        };
        return link.Delivery is DeliveryMode.Latest
            ? new LatestLink(route, reader, outline, cancellationToken)
            : new EveryLink(route, reader, outline, windowItems, windowBytes, cancellationToken);
    }

    /// <summary>Hands an item over; returns at once while there is room, else when there is.</summary>
    public ValueTask WriteAsync(Payload payload)
    {
        lock (Gate)
        {
            _failure?.Throw();
            if (_presence.IsGone)
            {
                return ValueTask.CompletedTask;
            }

            Add(payload);
            Send();
            return WaitForRoom();
        }
    }

    /// <summary>Sends what is left, and that it was the last; returns when that has gone out for good.</summary>
    /// <param name="last">One more item, which need not go out before the end does.</param>
    public Task EndAsync(Payload? last = null)
    {
        lock (Gate)
        {
            if (last is not null && !_presence.IsGone)
            {
                Add(last);
            }

            IsEnding = true;
            Send();
        }

        return _ended.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes an item. Called under the gate.</summary>
    protected abstract void Add(Payload payload);

    /// <summary>Ends when there is room for the next item. Called under the gate.</summary>
    protected abstract ValueTask WaitForRoom();

    /// <summary>The next delivery, or <see langword="null"/> where there is nothing to send. Called under the gate.</summary>
    protected abstract ChannelDelivery? Take();

    /// <summary>Takes in the reader's answer. Called under the gate.</summary>
    /// <returns>Whether the delivery's end, if it had one, is settled.</returns>
    protected abstract bool Settle(ChannelDelivery delivery, DeliveryReply reply);

    /// <summary>Lets go of what waits; nothing is sent any more. Called under the gate.</summary>
    protected abstract void Clear(Exception? error);

    /// <summary>Begins to send, unless that is under way. Called under the gate.</summary>
    private void Send()
    {
        if (!_sending && !_presence.IsGone && _failure is null)
        {
            _sending = true;
            _ = SendAllAsync();
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (TakeNext() is { } delivery)
            {
                var reply = await route.DeliverAsync(delivery, cancellationToken);
                lock (Gate)
                {
                    _presence.Heard(reply);
                    if (Settle(delivery, reply) && delivery.Ended)
                    {
                        _ended.TrySetResult();
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The sub-session was stopped: nobody waits for its items any more.
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    private ChannelDelivery? TakeNext()
    {
        lock (Gate)
        {
            if (_presence.IsGone)
            {
                Clear(error: null);
                _ended.TrySetResult();
            }

            var delivery = _presence.IsGone ? null : Take();
            _sending = delivery is not null;
            return delivery;
        }
    }

    /// <summary>Has the engine hear of it, so that its session fails: a reader that misses items would wait for ever.</summary>
    private void Fail(Exception error)
    {
        lock (Gate)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            Clear(error);
            _ended.TrySetException(error);
        }
    }
}
