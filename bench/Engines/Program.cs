using BlueEdge;
using BlueEdge.Bench;
using BlueEdge.Hosting;
using BlueEdge.Samples.Basics;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using BlueEdge.Silo.Dashboard;
using BlueEdge.Silo.Hosting;

// An engine host of a cluster, or else the silo's own program with more engines.
if (args is ["host", .. var hostArguments])
{
    var host = EngineSilo.CreateBuilder(hostArguments);
    host.AddBasicEngines().AddMeasuringEngines();
    return await host.RunAsync();
}

return await StartUp.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    await using var mode = builder.StartMode();
    builder.AddProcessDefaults(mode.Process);
    builder.UseOrleans(silo =>
    {
        mode.Configure(builder, silo);
        silo.AddSessions().AddScheduling().AddSiloDashboard();
        silo.AddMeasuringEngines();
    });

    await using var app = builder.Build();
    mode.Map(app);
    app.MapProcessHealth();
    app.MapSiloDashboard();

    await mode.ReadyAsync();
    await app.RunUntilStoppedAsync();
});
