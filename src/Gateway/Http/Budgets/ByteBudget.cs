namespace BlueEdge.Gateway.Http.Budgets;

/// <summary>Bytes that all calls of the process together may hold at a time.</summary>
internal sealed class ByteBudget(long total, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(long Bytes, TaskCompletionSource Taken)> _waiting = [];
    private long _left = total;

    public long Total { get; } = total;

    /// <summary>Takes them where they are left and nobody waits for them.</summary>
    public bool TryTake(long bytes)
    {
        lock (_lock)
        {
            if (_waiting.Count > 0 || bytes > _left)
            {
                return false;
            }

            _left -= bytes;
            return true;
        }
    }

    /// <summary>Takes them once they are left, in the order of those who ask; false where that took too long.</summary>
    public async Task<bool> TakeAsync(long bytes, TimeSpan atMost, CancellationToken cancellationToken)
    {
        LinkedListNode<(long Bytes, TaskCompletionSource Taken)> place;
        lock (_lock)
        {
            if (TryTake(bytes))
            {
                return true;
            }

            place = _waiting.AddLast((bytes, new(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        try
        {
            await place.Value.Taken.Task.WaitAsync(atMost, time, cancellationToken);
            return true;
        }
        catch (Exception) when (TryLeave(place))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // It was our turn at the same moment: they are taken.
            return true;
        }
    }

    public void Give(long bytes)
    {
        lock (_lock)
        {
            _left += bytes;
            Serve();
        }
    }

    private bool TryLeave(LinkedListNode<(long Bytes, TaskCompletionSource Taken)> place)
    {
        lock (_lock)
        {
            if (place.List is null)
            {
                return false;
            }

            _waiting.Remove(place);
            Serve();
            return true;
        }
    }

    private void Serve()
    {
        while (_waiting.First is { Value: var (bytes, taken) } && bytes <= _left)
        {
            _left -= bytes;
            _waiting.RemoveFirst();
            taken.SetResult();
        }
    }
}
