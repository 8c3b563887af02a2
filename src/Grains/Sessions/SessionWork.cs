namespace BlueEdge.Sessions;

/// <summary>A piece of a session's work: tried until it succeeds or is no longer due.</summary>
internal sealed class SessionWork(Func<Task> work, Func<bool> isDue, TimeProvider clock, Action<Exception> onFailure)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

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
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                await Try;
                return;
            }
            catch (Exception error)
            {
                onFailure(error);
            }

            await Task.Delay(delay, clock);
            if (!isDue())
            {
                return;
            }

            Try = work();
        }
    }
}
