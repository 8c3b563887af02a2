using BlueEdge.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.EngineHost.Health;

/// <summary>Has a process be ready only with its engines.</summary>
public static class EngineReadinessHosting
{
    /// <summary>The process is ready once the scheduler knows every engine instance of it, until it is told to stop.</summary>
    public static IServiceCollection AddEngineReadiness(this IServiceCollection services) => services.AddReadiness<EngineReadiness>("engines");
}
