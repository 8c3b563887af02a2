using BlueEdge.Channels;
using BlueEdge.Grains.Channels;

namespace BlueEdge.Testing;

/// <summary>What came out of one output and is not read yet. It takes all: a test is no slow reader.</summary>
internal sealed class EngineTestOutput
{
    private readonly Lock _lock = new();
    private readonly Queue<Payload> _unread = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _next;
    private bool _ended;

    /// <summary>How many items came so far.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _next;
            }
        }
    }

    public DeliveryReply Accept(ChannelDelivery delivery)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            foreach (var payload in delivery.Items.Skip((int)(_next - delivery.FirstSequence)))
            {
                _unread.Enqueue(payload);
                _next++;
            }

            _ended |= delivery.Ended;
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
        return new() { NextSequence = _next, CreditItems = int.MaxValue, CreditBytes = long.MaxValue };
    }

    /// <summary>No more comes: the engine is over.</summary>
    public void End()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _ended = true;
            changed = _changed;
        }

        changed.TrySetResult();
    }

    /// <summary>The next item, or <see langword="null"/> where there is none any more.</summary>
    public async Task<Payload?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_unread.TryDequeue(out var payload))
                {
                    return payload;
                }

                if (_ended)
                {
                    return null;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }
}
