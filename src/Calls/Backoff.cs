namespace BlueEdge.Calls;

/// <summary>How long to pause between tries: each pause is twice the one before, up to the longest.</summary>
/// <param name="First">The pause after the first try.</param>
/// <param name="Longest">The longest pause; the first one where all are the same.</param>
public sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>The same pause after every try.</summary>
    public static Backoff Steady(TimeSpan pause) => new(pause, pause);

    /// <summary>The pause after so many tries, the first being 1.</summary>
    public TimeSpan After(int tries) =>
        TimeSpan.FromTicks((long)Math.Min(First.Ticks * Math.Pow(2, tries - 1), Longest.Ticks)); // As a double it cannot overflow.

    /// <summary>Pauses after so many tries, the first being 1.</summary>
    public Task PauseAsync(int tries, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Delay(After(tries), clock, cancellationToken);
}
