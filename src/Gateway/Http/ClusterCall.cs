namespace BlueEdge.Gateway.Http;

/// <summary>A call to the cluster. Whatever keeps it from an answer is told alike, whoever makes it.</summary>
internal static class ClusterCall
{
    /// <param name="call">The call.</param>
    /// <param name="atMost">How long it is waited for.</param>
    /// <param name="time">The time.</param>
    /// <param name="refusal">What is said where nothing better is known, as a sentence.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UnavailableException">The cluster does not answer; whether it was done is open.</exception>
    public static async Task<T> MakeAsync<T>(Func<Task<T>> call, TimeSpan atMost, TimeProvider time, string refusal, CancellationToken cancellationToken)
    {
        try
        {
            return await call().WaitAsync(atMost, time, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (exception is ArgumentException || Unavailability.Explains(exception)))
        {
            // ArgumentException is what Orleans says while no silo that hosts the grain is up.
            throw new UnavailableException(Unavailability.ReasonOf(exception) ?? refusal, exception) { WasSent = exception is not ArgumentException };
        }
    }
}
