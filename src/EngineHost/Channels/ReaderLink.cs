using System.Runtime.ExceptionServices;

namespace BlueEdge.Channels;

/// <summary>
/// The way of one writer's items to one reader, one delivery at a time. What is sent, and what waits for it, is for the kinds of
/// delivery to say; they change it under <see cref="Gate"/> only.
/// </summary>
/// <param name="route">Brings deliveries to the reader.</param>
/// <param name="presence">Whether the reader is there.</param>
/// <param name="cancellationToken">Fires when the writer is stopped.</param>
internal abstract class ReaderLink(IChannelRoute route, ReaderPresence presence, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExceptionDispatchInfo? _failure;
    private bool _sending;

    protected Lock Gate { get; } = new();

    /// <summary>Whether the writer has ended.</summary>
    protected bool IsEnding { get; private set; }

    /// <summary>Whether the end is settled: the reader knows of it, or is over.</summary>
    protected bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Hands an item over; returns at once while there is room, else when there is.</summary>
    public ValueTask WriteAsync(Payload payload)
    {
        lock (Gate)
        {
            _failure?.Throw();
            return presence.IsGone ? ValueTask.CompletedTask : Add(payload);
        }
    }

    /// <summary>Sends what is left, and that it was the last; returns when that has gone out for good.</summary>
    public Task EndAsync()
    {
        lock (Gate)
        {
            IsEnding = true;
            Send();
        }

        return _ended.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes an item; ends when there is room for the next. Called under the gate.</summary>
    protected abstract ValueTask Add(Payload payload);

    /// <summary>The next delivery, or <see langword="null"/> where there is nothing to send. Called under the gate.</summary>
    protected abstract ChannelDelivery? Take();

    /// <summary>Takes in the reader's answer. Called under the gate.</summary>
    /// <returns>Whether the delivery's end, if it had one, is settled.</returns>
    protected abstract bool Settle(ChannelDelivery delivery, DeliveryReply reply);

    /// <summary>Lets go of what waits; nothing is sent any more. Called under the gate.</summary>
    protected abstract void Clear(Exception? error);

    /// <summary>Begins to send, unless that is under way. Called under the gate.</summary>
    protected void Send()
    {
        if (!_sending && !presence.IsGone && _failure is null)
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
                    presence.Heard(reply);
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
            if (presence.IsGone)
            {
                Clear(error: null);
                _ended.TrySetResult();
            }

            var delivery = presence.IsGone ? null : Take();
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
