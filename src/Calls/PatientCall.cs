namespace BlueEdge.Calls;

/// <summary>Makes a call, which may be repeated, until it succeeds or fails for good.</summary>
public static class PatientCall
{
    /// <param name="call">The call; also what finds its grain, for Orleans has no reference to give while no silo hosts the grain.</param>
    /// <param name="isPassing">Told of each failure, and the number of its try: whether to try again. If not, the failure is the caller's.</param>
    /// <param name="backoff">The pauses between tries.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Ends the tries; a call under way ends with it only where the call looks at it too.</param>
    public static async Task<T> MakeAsync<T>(
        Func<Task<T>> call, Func<Exception, int, bool> isPassing, Backoff backoff, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await call();
            }
            catch (Exception error) when (isPassing(error, tries))
            {
                // It is tried again.
            }

            await backoff.PauseAsync(tries, clock, cancellationToken);
        }
    }

    /// <inheritdoc cref="MakeAsync{T}"/>
    public static Task MakeAsync(
        Func<Task> call, Func<Exception, int, bool> isPassing, Backoff backoff, TimeProvider clock, CancellationToken cancellationToken) =>
        MakeAsync(
            async () =>
            {
                await call();
                return true;
            },
            isPassing,
            backoff,
            clock,
            cancellationToken);
}
