using BlueEdge.Engines;
using BlueEdge.Scheduling;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BlueEdge.Silo.Health;

/// <summary>Ready once every engine of this process attends, so that sessions are taken and run.</summary>
internal sealed class EnginesReadyCheck(IGrainFactory grains, EngineInstances instances) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var engines = await grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain)
            .GetEnginesAsync(cancellationToken)
            .WaitAsync(Patience, cancellationToken);
        var attending = engines
            .SelectMany(engine => engine.Instances)
            .Where(instance => !instance.Draining)
            .Select(instance => instance.Instance)
            .ToHashSet(StringComparer.Ordinal);
        var missing = instances.All.Where(instance => !attending.Contains(instance.Key)).Select(instance => instance.Definition.Id).ToList();
        return missing.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"These engines do not attend yet: {string.Join(", ", missing)}.");
    }
}
