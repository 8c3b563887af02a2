using BlueEdge.Embedded.Modes;
using BlueEdge.SiloHosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BlueEdge;

/// <summary>A program in the making: give it its engines, then run it.</summary>
public sealed class BlueEdgeAppBuilder : ISiloBuilder
{
    private readonly SiloApp _app;

    internal BlueEdgeAppBuilder(string[] args) => _app = new(args, SiloModes.Start);

    /// <summary>For what the engines want, such as a model that all of the process share.</summary>
    public IServiceCollection Services => _app.Services;

    /// <summary>What the process is set by; sources can be added, but for the mode, which is decided.</summary>
    public ConfigurationManager Configuration => _app.Configuration;

    /// <summary>Where the process logs.</summary>
    public ILoggingBuilder Logging => _app.Logging;

    IConfiguration ISiloBuilder.Configuration => _app.Configuration;

    /// <summary>
    /// Runs until the process is told to stop; engines that run then have their time to finish
    /// (<c>BlueEdge:EngineHost:DrainGrace</c>). Serves <c>/health/live</c> and <c>/health/ready</c> in every mode.
    /// </summary>
    /// <returns>The process's exit code: 0 after a clean end, 1 where it could not start, which is said on standard error.</returns>
    public Task<int> RunAsync() => _app.RunAsync(EngineHosting.RequireEngines);
}
