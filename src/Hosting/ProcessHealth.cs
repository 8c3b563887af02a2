using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BlueEdge.Hosting;

/// <summary>What probes of the process are told.</summary>
public static class ProcessHealth
{
    private const string Ready = "ready";

    /// <summary>What a check may take before it counts as failed: less than those who probe wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Adds the checks that every process has: it has started.</summary>
    public static IServiceCollection AddProcessHealth(this IServiceCollection services) =>
        services.AddReadiness<StartedReadiness>("started");

    /// <summary>Has the process be ready only while the check is healthy.</summary>
    public static IServiceCollection AddReadiness<TCheck>(this IServiceCollection services, string name)
        where TCheck : class, IHealthCheck
    {
        services.AddHealthChecks().AddCheck<TCheck>(name, failureStatus: null, tags: [Ready], timeout: Patience);
        return services;
    }

    /// <summary>Has the process wait before it starts until the cluster's Redis does its part, and be ready only while it does.</summary>
    public static IServiceCollection AddRedisNeed(this IServiceCollection services) =>
        services.AddSingleton<IStartNeed, RedisNeed>().AddReadiness<RedisReadiness>("redis");

    /// <summary>
    /// Maps <c>/health/live</c>, which answers as long as the process serves, whatever becomes of the others, and
    /// <c>/health/ready</c>, which is 200 while the process does its part, and 503 with the reason otherwise.
    /// </summary>
    public static void MapProcessHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = ReadinessAnswer.WriteAsync }).AllowAnonymous();
    }
}
