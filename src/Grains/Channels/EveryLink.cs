using System.Collections.Immutable;
using BlueEdge.Channels;

namespace BlueEdge.Grains.Channels;

/// <summary>
/// The way to a reader that gets every item: what is written while a delivery is under way goes with the next one, as far as the
/// reader has credit.
/// </summary>
internal sealed class EveryLink(
    IChannelRoute route, ChannelEnd reader, ChannelDelivery outline, int windowItems, long windowBytes, CancellationToken cancellationToken)
    : ReaderLink(route, reader, outline, cancellationToken)
{
    private readonly CancellationToken _cancellationToken = cancellationToken;
    private readonly Queue<Payload> _unsent = new();
    private TaskCompletionSource _room = NewSignal();
    private long _firstUnsent = outline.FirstSequence;
    private long _unsentBytes;
    private int _creditItems = 1;
    private long _creditBytes;
    private bool _isAwaited;

    protected override long NextUnsettled => _firstUnsent;

    private bool HasRoom => _unsent.Count < windowItems && _unsentBytes < windowBytes;

    protected override void Add(Payload payload)
    {
        _unsent.Enqueue(payload);
        _unsentBytes += payload.Weight;
    }

    protected override ValueTask WaitForRoom()
    {
        _isAwaited |= !HasRoom;
        return HasRoom ? ValueTask.CompletedTask : new(_room.Task.WaitAsync(_cancellationToken));
    }

    /// <summary>The next delivery, within the reader's credit; without credit an empty one, which asks for some.</summary>
    protected override ChannelDelivery? Take()
    {
        if (_unsent.Count == 0 && (!IsEnding || HasEnded))
        {
            return null;
        }

        var items = ImmutableArray.CreateBuilder<Payload>();
        var bytes = 0L;
        foreach (var payload in _unsent)
        {
            bytes += payload.Weight;
            if (items.Count >= _creditItems || (items.Count > 0 && bytes > _creditBytes))
            {
                break;
            }

            items.Add(payload);
        }

        // Told with the last item, so that most channels end without a delivery of its own.
        var ended = IsEnding && items.Count == _unsent.Count;
        return Outline with { FirstSequence = _firstUnsent, Items = items.DrainToImmutable(), Ended = ended };
    }

    protected override bool Settle(ChannelDelivery delivery, DeliveryReply reply)
    {
        // Whoever is gone has counted nothing; all of it is let go next.
        if (reply.Gone)
        {
            return false;
        }

        if (reply.NextSequence < _firstUnsent)
        {
            throw new BlueEdgeException(
                $"Node '{Outline.Reader.Node}' of session {Outline.Reader.SessionId} wants item {reply.NextSequence} of channel '{Outline.Channel}' again, which it had. Run the session again.");
        }

        for (; _firstUnsent < reply.NextSequence && _unsent.TryDequeue(out var payload); _firstUnsent++)
        {
            _unsentBytes -= payload.Weight;
        }

        (_creditItems, _creditBytes) = (reply.CreditItems, reply.CreditBytes);
        if (HasRoom)
        {
            TellRoom();
        }

        // A reader that is not there yet has not heard of the end.
        return _unsent.Count == 0 && !reply.NotYet;
    }

    protected override void Clear(Exception? error)
    {
        _unsent.Clear();
        _unsentBytes = 0;
        if (error is null)
        {
            TellRoom();
        }
        else
        {
            _room.TrySetException(error);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void TellRoom()
    {
        if (_isAwaited)
        {
            _isAwaited = false;
            var room = _room;
            _room = NewSignal();
            room.SetResult();
        }
    }
}
