using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using BlueEdge.Sessions;

namespace BlueEdge.Channels;

/// <summary>
/// The way of one writer's items to one reader: what is written while a delivery is under way goes with the next one, as far
/// as the reader has credit.
/// </summary>
internal sealed class ReaderLink(
    IChannelRoute route, string instance, SubSessionKey reader, int epoch, string channel, string producer, int windowItems, long windowBytes, CancellationToken cancellationToken) : IReaderLink
{
    private readonly Lock _lock = new();
    private readonly Queue<Payload> _unsent = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReaderPresence _presence = new(reader, instance, channel);
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _firstUnsent;
    private long _unsentBytes;
    private int _creditItems = 1;
    private long _creditBytes;
    private bool _isAwaited;
    private bool _sending;
    private bool _ending;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Hands an item over; returns at once while there is room, else when there is.</summary>
    public ValueTask WriteAsync(Payload payload)
    {
        lock (_lock)
        {
            _failure?.Throw();
            if (_presence.IsGone)
            {
                return ValueTask.CompletedTask;
            }

            _unsent.Enqueue(payload);
            _unsentBytes += payload.Bytes.Length;
            Send();
            _isAwaited |= !HasRoom;
            return HasRoom ? ValueTask.CompletedTask : new(_room.Task.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Sends what is left, and that it was the last; returns when the reader has it.</summary>
    public Task EndAsync()
    {
        lock (_lock)
        {
            _ending = true;
            Send();
        }

        return _ended.Task.WaitAsync(cancellationToken);
    }

    private bool HasRoom => _presence.IsGone || (_unsent.Count < windowItems && _unsentBytes < windowBytes);

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

    /// <summary>Has the engine hear of it, so that its session fails: a reader that misses items would wait for ever.</summary>
    private void Fail(Exception error)
    {
        lock (_lock)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            _unsent.Clear();
            _room.TrySetException(error);
            _ended.TrySetException(error);
        }
    }

    /// <summary>The next delivery, within the reader's credit; without credit an empty one, which asks for some.</summary>
    private ChannelDelivery? Take()
    {
        lock (_lock)
        {
            if (_presence.IsGone || (_unsent.Count == 0 && (!_ending || _ended.Task.IsCompleted)))
            {
                _sending = false;
                return null;
            }

            var items = ImmutableArray.CreateBuilder<Payload>();
            var bytes = 0L;
            foreach (var payload in _unsent)
            {
                bytes += payload.Bytes.Length;
                if (items.Count >= _creditItems || (items.Count > 0 && bytes > _creditBytes))
                {
                    break;
                }

                items.Add(payload);
            }

            return new()
            {
                Reader = reader,
                Epoch = epoch,
                Channel = channel,
                Producer = producer,
                FirstSequence = _firstUnsent,
                Items = items.DrainToImmutable(),
                Ended = _ending && items.Count == _unsent.Count,
            };
        }
    }

    private void Settle(ChannelDelivery delivery, DeliveryReply reply)
    {
        lock (_lock)
        {
            _presence.Heard(reply);
            if (!_presence.IsGone && reply.NextSequence < _firstUnsent)
            {
                throw new BlueEdgeException(
                    $"Node '{reader.Node}' of session {reader.SessionId} wants item {reply.NextSequence} of channel '{channel}' again, which it had. Run the session again.");
            }

            for (; !_presence.IsGone && _firstUnsent < reply.NextSequence && _unsent.TryDequeue(out var payload); _firstUnsent++)
            {
                _unsentBytes -= payload.Bytes.Length;
            }

            (_creditItems, _creditBytes) = (reply.CreditItems, reply.CreditBytes);
            if (_presence.IsGone)
            {
                _unsent.Clear();
                _sending = false;
            }

            // A reader that is not there yet has not heard of the end.
            if (_presence.IsGone || (delivery.Ended && _unsent.Count == 0 && !reply.NotYet))
            {
                _ended.TrySetResult();
            }

            if (HasRoom && _isAwaited)
            {
                _isAwaited = false;
                var room = _room;
                _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
                room.SetResult();
            }
        }
    }
}
