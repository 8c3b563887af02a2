using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace BlueEdge.Silo.Health;

/// <summary>What probes of the process are told.</summary>
internal static class SiloHealth
{
    private const string Ready = "ready";

    public static IServiceCollection AddSiloHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<EngineReadiness>("engines", tags: [Ready]);
        return services;
    }

    /// <summary>
    /// Maps <c>/health/live</c>, which answers as long as the process serves, whatever becomes of the others, and
    /// <c>/health/ready</c>, which is 200 while the process's engines take sessions and 503 otherwise.
    /// </summary>
    public static void MapSiloHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });
    }
}
