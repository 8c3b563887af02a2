using BlueEdge.Storage;
using BlueEdge.Store.Sqlite.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BlueEdge.Embedded.Data;

/// <summary>Healthy while the store takes writes. Where it did not, each check tries anew, so that it goes on without anybody's call.</summary>
internal sealed class StoreReadiness(SqliteStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (store.Failure is null)
        {
            return HealthCheckResult.Healthy();
        }

        try
        {
            await store.ProbeAsync();
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException error)
        {
            return HealthCheckResult.Unhealthy(error.Message);
        }
    }
}
