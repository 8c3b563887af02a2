using BlueEdge.EngineHost.Engines;
using BlueEdge.Grains.Engines;
using BlueEdge.Scheduling;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace BlueEdge.EngineHost.Health;

/// <summary>Healthy once the scheduler knows every engine instance of this process, until the process is told to stop.</summary>
internal sealed class EngineReadiness(
    IGrainFactory grains, ILocalSiloDetails silo, IEnumerable<EngineRegistration> engines, IHostApplicationLifetime lifetime) : IHealthCheck
{
    /// <summary>An instance that has joined stays, so nobody need be asked again.</summary>
    private volatile bool _joined;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("The process stops.");
        }

        if (!_joined && !lifetime.ApplicationStarted.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("The silo starts.");
        }

        try
        {
            _joined = _joined || await JoinedAsync(cancellationToken);
        }
        catch (ArgumentException)
        {
            // Orleans' word for a grain whose class no silo of the cluster has.
            return HealthCheckResult.Unhealthy("Engine instances cannot join the scheduler yet: no core silo is there. Start one (BlueEdge.CoreSilo) on the same Redis, with the same BlueEdge:Cluster:Id and ServiceId.");
        }

        return _joined ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Engine instances join the scheduler.");
    }

    private async Task<bool> JoinedAsync(CancellationToken cancellationToken)
    {
        var known = await grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain).GetEnginesAsync(cancellationToken);
        var instances = known.SelectMany(engine => engine.Instances).Select(instance => instance.Instance).ToHashSet(StringComparer.Ordinal);
        return engines.All(engine => instances.Contains(new EngineInstanceKey(engine.Definition.Id, silo.SiloAddress).ToString()));
    }
}
