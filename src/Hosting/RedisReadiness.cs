using BlueEdge.Clustering;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BlueEdge.Hosting;

/// <summary>Healthy while the cluster's Redis answers, takes writes and has its data: else nothing is accepted and nothing is stored.</summary>
public sealed class RedisReadiness(RedisProbe redis) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await redis.FindFaultAsync(cancellationToken) is { } fault ? HealthCheckResult.Unhealthy(fault) : HealthCheckResult.Healthy();
}
