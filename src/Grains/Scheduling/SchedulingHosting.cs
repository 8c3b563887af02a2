using BlueEdge.Grains.Storage;
using BlueEdge.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlueEdge.Grains.Scheduling;

/// <summary>Registers the scheduler on a silo.</summary>
public static class SchedulingHosting
{
    /// <summary>
    /// Adds what the scheduler grain needs. The host provides the stores and a reminder service, and
    /// configures <see cref="SchedulingOptions"/>.
    /// </summary>
    public static ISiloBuilder AddScheduling(this ISiloBuilder silo)
    {
        silo.Services.AddSettings<SchedulingOptions>("BlueEdge:Scheduling");
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<SchedulingMetrics>();
        silo.Services.AddSingleton<SchedulerClient>();
        silo.Services.AddHostedService<SchedulerWakeUp>();
        return silo.AddGrainErrors();
    }
}
