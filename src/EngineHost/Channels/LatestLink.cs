using System.Runtime.ExceptionServices;
using BlueEdge.Sessions;

namespace BlueEdge.Channels;

/// <summary>
/// The way to a reader of a channel that delivers the latest: while a delivery is under way only the newest item waits. The
/// numbers of those it took the place of are missing, by which the reader counts them.
/// </summary>
internal sealed class LatestLink(
    IChannelRoute route, string instance, SubSessionKey reader, int epoch, string channel, string producer, CancellationToken cancellationToken) : IReaderLink
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReaderPresence _presence = new(reader, instance, channel);
    private Payload? _newest;
    private long _next;
    private bool _sending;
    private bool _ending;
    private ExceptionDispatchInfo? _failure;

    public ValueTask WriteAsync(Payload payload)
    {
        lock (_lock)
        {
            _failure?.Throw();
            _newest = payload;
            _next++;
            Send();
        }

        return ValueTask.CompletedTask;
    }

    public Task EndAsync()
    {
        lock (_lock)
        {
            _ending = true;
            Send();
        }

        return _ended.Task.WaitAsync(cancellationToken);
    }

    private void Send()
    {
        if (!_sending && _failure is null)
        {
            _sending = true;
            _ = SendAllAsync();
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (Take() is { } delivery)
            {
                var reply = await route.DeliverAsync(delivery, cancellationToken);
                Settle(delivery, reply);
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

    /// <summary>The newest item, and the end where it has come; <see langword="null"/> where there is nothing to send.</summary>
    private ChannelDelivery? Take()
    {
        lock (_lock)
        {
            if (_presence.IsGone)
            {
                _newest = null;
                _ended.TrySetResult();
            }

            if (_newest is null && (!_ending || _ended.Task.IsCompleted))
            {
                _sending = false;
                return null;
            }

            var newest = _newest;
            _newest = null;
            return new()
            {
                Reader = reader,
                Epoch = epoch,
                Channel = channel,
                Producer = producer,
                FirstSequence = newest is null ? _next : _next - 1,
                Items = newest is null ? [] : [newest],
                Ended = _ending,
            };
        }
    }

    private void Settle(ChannelDelivery delivery, DeliveryReply reply)
    {
        lock (_lock)
        {
            _presence.Heard(reply);
            if (reply.NotYet && !_presence.IsGone)
            {
                // It comes again, unless a newer one has come meanwhile.
                _newest ??= delivery.Items.FirstOrDefault();
            }
            else if (delivery.Ended)
            {
                _ended.TrySetResult();
            }
        }
    }

    /// <summary>Has the engine hear of it, so that its session fails.</summary>
    private void Fail(Exception error)
    {
        lock (_lock)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            _ended.TrySetException(error);
        }
    }
}
