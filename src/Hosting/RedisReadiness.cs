using BlueEdge.Clustering;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BlueEdge.Hosting;

/// <summary>Healthy while the cluster's Redis answers: without it nothing is accepted and nothing is stored.</summary>
internal sealed class RedisReadiness(ClusterRedis redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await redis.IsThereAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The cluster's Redis does not answer.");
}
