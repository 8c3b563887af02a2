namespace BlueEdge.Grains.Channels.Taps;

/// <summary>Those who wait for something of a tap: each looks again whenever it has changed.</summary>
/// <param name="clock">The time.</param>
/// <param name="stopping">Fires when the silo stops: whoever waits asks again elsewhere.</param>
/// <param name="deactivated">Fires when the tap is deactivated.</param>
internal sealed class TapSignal(TimeProvider clock, CancellationToken stopping, CancellationToken deactivated)
{
    private TaskCompletionSource _next = NewSignal();

    /// <summary>Has all who wait look again.</summary>
    public void Tell()
    {
        var told = _next;
        _next = NewSignal();
        told.SetResult();
    }

    /// <summary>Waits until something is there, or for so long.</summary>
    public async Task UntilAsync(Func<bool> isThere, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (isThere() || atMost <= TimeSpan.Zero)
        {
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping, deactivated);
        var timeout = Task.Delay(atMost, clock, patience.Token);
        while (!isThere() && !timeout.IsCompleted)
        {
            await Task.WhenAny(_next.Task, timeout);
        }

        await patience.CancelAsync();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
