using BlueEdge.Calls;

namespace BlueEdge.Grains.Sessions;

/// <summary>A piece of a session's work: tried until it succeeds or is no longer due.</summary>
/// <param name="work">What is to be done; doing it again is harmless.</param>
/// <param name="isDue">Whether it is still to be done.</param>
/// <param name="clock">The time.</param>
/// <param name="onFailure">Told of each try that failed, and its number.</param>
/// <param name="deactivated">Fires when the grain is deactivated: what is left is the next activation's.</param>
internal sealed class SessionWork(Func<Task> work, Func<bool> isDue, TimeProvider clock, Action<Exception, int> onFailure, CancellationToken deactivated)
{
    private static readonly Backoff Retries = new(First: TimeSpan.FromMilliseconds(250), Longest: TimeSpan.FromSeconds(2));

    /// <summary>The present try: those who wait for it hear of its failure, though another follows.</summary>
    public Task Try { get; private set; } = Task.CompletedTask;

    /// <summary>Ends with the last try, and never fails.</summary>
    public Task Done { get; private set; } = Task.CompletedTask;

    public SessionWork Begin()
    {
        Try = work();
        Done = RepeatAsync();
        return this;
    }

    private async Task RepeatAsync()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await Try;
                return;
            }
            catch (Exception) when (deactivated.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                onFailure(error, tries);
            }

            await Retries.PauseAsync(tries, clock, deactivated).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (deactivated.IsCancellationRequested || !isDue())
            {
                return;
            }

            Try = work();
        }
    }
}
