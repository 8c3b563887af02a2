using System.Collections.Immutable;
using BlueEdge.Auditing;
using BlueEdge.Gateway.Http;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Auditing;

/// <summary>Has the cluster keep the audit.</summary>
internal sealed class AuditClient(IGrainFactory grains, IOptions<GatewayOptions> options, TimeProvider time)
{
    /// <exception cref="UnavailableException">The cluster does not answer; whether it was done is open.</exception>
    public Task AppendAsync(ImmutableArray<AuditRecord> records, CancellationToken cancellationToken) => CallAsync(
        async audit =>
        {
            await audit.AppendAsync(records, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <exception cref="UnavailableException">The cluster does not answer.</exception>
    public Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken) => CallAsync(audit => audit.ReadAsync(query, cancellationToken), cancellationToken);

    private async Task<T> CallAsync<T>(Func<IAuditGrain, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(grains.GetGrain<IAuditGrain>(IAuditGrain.Key)).WaitAsync(options.Value.CallTimeout, time, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (exception is ArgumentException || Unavailability.Explains(exception)))
        {
            // ArgumentException is what Orleans says while no silo that keeps the audit is up.
            throw new UnavailableException(Unavailability.ReasonOf(exception) ?? "The audit cannot be reached now: try again soon.", exception);
        }
    }
}
