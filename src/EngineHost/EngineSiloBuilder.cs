using BlueEdge.EngineHost;
using BlueEdge.SiloHosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BlueEdge;

/// <summary>An engine host in the making: give it its engines, then run it.</summary>
public sealed class EngineSiloBuilder : ISiloBuilder
{
    private readonly SiloApp _app;

    internal EngineSiloBuilder(string[] args) => _app = new(args, _ => new HostMode());

    /// <summary>For what the engines want, such as a model that all of the process share.</summary>
    public IServiceCollection Services => _app.Services;

    /// <summary>What the process is set by; sources can be added.</summary>
    public ConfigurationManager Configuration => _app.Configuration;

    /// <summary>Where the process logs.</summary>
    public ILoggingBuilder Logging => _app.Logging;

    IConfiguration ISiloBuilder.Configuration => _app.Configuration;

    /// <summary>
    /// Runs the engines until the process is told to stop; what runs then has its time to finish
    /// (<c>BlueEdge:EngineHost:DrainGrace</c>). Serves <c>/health/live</c> and <c>/health/ready</c>.
    /// </summary>
    /// <returns>The process's exit code: 0 after a clean end, 1 where it could not start, which is said on standard error.</returns>
    public Task<int> RunAsync() => _app.RunAsync(EngineHosting.RequireEngines);
}
