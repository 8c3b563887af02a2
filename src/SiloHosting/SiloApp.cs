using System.Runtime.ExceptionServices;
using BlueEdge.Hosting;
using BlueEdge.Hosting.Telemetry;
using BlueEdge.SiloHosting.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlueEdge.SiloHosting;

/// <summary>A silo's process in the making, in one mode.</summary>
public sealed class SiloApp
{
    private readonly WebApplicationBuilder _builder;
    private readonly ISiloMode? _mode;
    private readonly ExceptionDispatchInfo? _fault;

    /// <param name="args">The command line.</param>
    /// <param name="start">Starts the mode that the settings ask for.</param>
    public SiloApp(string[] args, Func<IConfiguration, ISiloMode> start)
    {
        try
        {
            _builder = ProcessBuilder.Create(args);
            _mode = start(_builder.Configuration);
            _builder.AddProcessDefaults(_mode.Process);
            _builder.UseOrleans(silo => _mode.Configure(_builder, silo));
            _builder.Services.AddReadiness<BlobReadiness>("blobs");
        }
        catch (Exception error)
        {
            // A setting that makes no sense: said once the process is run, as all the others are.
            _builder = WebApplication.CreateEmptyBuilder(new());
            _fault = ExceptionDispatchInfo.Capture(error);
        }
    }

    /// <summary>What the process is made of.</summary>
    public IServiceCollection Services => _builder.Services;

    /// <summary>What the process is set by.</summary>
    public ConfigurationManager Configuration => _builder.Configuration;

    /// <summary>Where the process logs.</summary>
    public ILoggingBuilder Logging => _builder.Logging;

    /// <summary>Runs until the process is told to stop.</summary>
    /// <param name="check">Looks whether all is there that was to be added.</param>
    /// <returns>The process's exit code.</returns>
    public Task<int> RunAsync(Action<IServiceCollection>? check = null) => StartUp.RunAsync(async () =>
    {
        await using var mode = _mode;
        _fault?.Throw();
        check?.Invoke(Services);
        await using var app = _builder.Build();
        app.MapProcessHealth();
        app.MapProcessTelemetry();
        mode?.Map(app);

        // What only the start needed is given back at once: an idle process has nothing to collect for.
        app.Lifetime.ApplicationStarted.Register(() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
        await app.RunUntilStoppedAsync();
    });
}
