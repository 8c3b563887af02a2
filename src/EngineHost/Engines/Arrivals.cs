using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Engines;

/// <summary>Lets deliveries wait for runs that have not begun. Nothing stays behind of those who gave up waiting.</summary>
internal sealed class Arrivals
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SubSessionKey, HashSet<TaskCompletionSource>> _waiting = [];

    /// <summary>Whoever waits for the run goes on.</summary>
    public void Announce(SubSessionKey key)
    {
        lock (_lock)
        {
            if (_waiting.Remove(key, out var waiting))
            {
                foreach (var arrival in waiting)
                {
                    arrival.SetResult();
                }
            }
        }
    }

    /// <summary>Waits until the run is announced, or for so long.</summary>
    /// <param name="key">The run.</param>
    /// <param name="isHere">Asked once this waits, for a run may be announced just before.</param>
    /// <param name="patience">How long.</param>
    /// <param name="clock">By which clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask WaitAsync(SubSessionKey key, Func<bool> isHere, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        var arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_waiting.TryGetValue(key, out var waiting))
            {
                _waiting[key] = waiting = [];
            }

            waiting.Add(arrival);
        }

        try
        {
            if (!isHere())
            {
                await arrival.Task.WaitAsync(patience, clock, cancellationToken);
            }
        }
        catch (TimeoutException)
        {
            // The caller looks, and asks again.
        }
        finally
        {
            Forget(key, arrival);
        }
    }

    private void Forget(SubSessionKey key, TaskCompletionSource arrival)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(key, out var waiting) && waiting.Remove(arrival) && waiting.Count == 0)
            {
                _waiting.Remove(key);
            }
        }
    }
}
