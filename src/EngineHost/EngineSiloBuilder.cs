using System.Runtime.ExceptionServices;
using BlueEdge.Channels;
using BlueEdge.Channels.Durable;
using BlueEdge.Clustering;
using BlueEdge.Engines;
using BlueEdge.Health;
using BlueEdge.Hosting;
using BlueEdge.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Dashboard;

namespace BlueEdge;

/// <summary>An engine host in the making: give it its engines, then run it.</summary>
public sealed class EngineSiloBuilder : ISiloBuilder
{
    private static readonly ProcessDescription Process = new("BlueEdge runs engines; its health is told", "http://127.0.0.1:5082");

    private readonly WebApplicationBuilder _builder;
    private readonly ExceptionDispatchInfo? _fault;

    internal EngineSiloBuilder(string[] args)
    {
        ProcessBuilder.LeaveProcessorToOthers();
        try
        {
            _builder = ProcessBuilder.Create(args);
            _builder.AddProcessDefaults(Process);
            _builder.UseOrleans(silo => silo.JoinCluster(takesClients: false, IsHosted).AddChannels().AddDurableChannels().AddDashboard());
            _builder.Services.AddRedisNeed().AddReadiness<BlobReadiness>("blobs").AddReadiness<EngineReadiness>("engines");
        }
        catch (Exception error)
        {
            // A setting that makes no sense: said once the host is run, as all the others are.
            _builder = WebApplication.CreateEmptyBuilder(new());
            _fault = ExceptionDispatchInfo.Capture(error);
        }
    }

    /// <summary>For what the engines want, such as a model that all of the process share.</summary>
    public IServiceCollection Services => _builder.Services;

    /// <summary>What the process is set by; sources can be added.</summary>
    public ConfigurationManager Configuration => _builder.Configuration;

    /// <summary>Where the process logs.</summary>
    public ILoggingBuilder Logging => _builder.Logging;

    IConfiguration ISiloBuilder.Configuration => _builder.Configuration;

    /// <summary>
    /// Runs the engines until the process is told to stop; what runs then has its time to finish
    /// (<c>BlueEdge:EngineHost:DrainGrace</c>). Serves <c>/health/live</c> and <c>/health/ready</c>.
    /// </summary>
    /// <returns>The process's exit code: 0 after a clean end, 1 where it could not start, which is said on standard error.</returns>
    public Task<int> RunAsync() => StartUp.RunAsync(async () =>
    {
        _fault?.Throw();
        if (!Services.Any(service => service.ImplementationInstance is EngineRegistration))
        {
            throw new BlueEdgeException("This engine host has no engine: call AddEngine<T>() on its builder, once for each.");
        }

        await using var app = _builder.Build();
        app.MapProcessHealth();
        await app.RunUntilStoppedAsync();
    });

    /// <summary>Sessions and their scheduler live on core silos.</summary>
    private static bool IsHosted(Type grain) => grain.Assembly != typeof(SessionsHosting).Assembly;
}
