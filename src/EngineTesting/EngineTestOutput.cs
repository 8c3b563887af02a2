using System.Collections.Immutable;
using BlueEdge.Channels;

namespace BlueEdge.Testing;

/// <summary>What came out of one output and is not read yet. It takes all: a test is no slow reader.</summary>
internal sealed class EngineTestOutput
{
    private readonly Lock _lock = new();
    private readonly Queue<Payload> _unread = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;
    private bool _ended;

    /// <summary>How many items came so far.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    public void Accept(ImmutableArray<Payload> items, bool ended)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            foreach (var payload in items)
            {
                _unread.Enqueue(payload);
                _count++;
            }

            _ended |= ended;
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
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
