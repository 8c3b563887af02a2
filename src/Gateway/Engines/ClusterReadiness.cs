using BlueEdge.Gateway.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BlueEdge.Gateway.Engines;

/// <summary>Healthy while the gateway reaches the cluster's scheduler, without which nothing is accepted.</summary>
internal sealed class ClusterReadiness(EngineDirectory engines) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await engines.ListAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (UnavailableException)
        {
            return HealthCheckResult.Unhealthy("The cluster cannot be reached.");
        }
    }
}
