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

    private Task<T> CallAsync<T>(Func<IAuditGrain, Task<T>> call, CancellationToken cancellationToken) => ClusterCall.MakeAsync(
        () => call(grains.GetGrain<IAuditGrain>(IAuditGrain.Key)), options.Value.CallTimeout, time, "The audit cannot be reached now: try again soon.", cancellationToken);
}
