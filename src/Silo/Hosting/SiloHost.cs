using BlueEdge.Health;
using BlueEdge.Hosting;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using BlueEdge.Settings;
using BlueEdge.Silo.Dashboard;

namespace BlueEdge.Silo.Hosting;

/// <summary>The silo's process.</summary>
internal static class SiloHost
{
    /// <summary>Runs until the process is told to stop.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">What the silo has besides.</param>
    /// <returns>The process's exit code.</returns>
    public static Task<int> RunAsync(string[] args, Action<ISiloBuilder>? configure = null) => StartUp.RunAsync(async () =>
    {
        var builder = ProcessBuilder.Create(args);
        await using var mode = builder.StartMode();
        var options = ModeOptions.Read(builder.Configuration);
        builder.AddProcessDefaults(mode.Process with
        {
            Mode = options.Mode.ToString(),
            DataPath = options.Mode is SiloMode.Embedded ? options.DataPath : null,
        });
        builder.Services.AddSingleton(new SettingsSection(ModeOptions.Section, typeof(ModeOptions)));
        builder.UseOrleans(silo =>
        {
            mode.Configure(builder, silo);
            silo.AddSessions().AddScheduling().AddSiloDashboard();
            configure?.Invoke(silo);
        });

        builder.Services.AddReadiness<BlobReadiness>("blobs");
        await using var app = builder.Build();
        mode.Map(app);
        app.MapProcessHealth();
        app.MapSiloDashboard();

        // What only the start needed is given back at once: an idle process has nothing to collect for.
        app.Lifetime.ApplicationStarted.Register(() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
        await app.RunUntilStoppedAsync();
    });
}
