using BlueEdge.Hosting;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using BlueEdge.Silo.Dashboard;
using BlueEdge.Silo.Hosting;

return await StartUp.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    await using var mode = builder.StartMode();
    builder.AddProcessDefaults(mode.Process);
    builder.UseOrleans(silo =>
    {
        mode.Configure(builder, silo);
        silo.AddSessions().AddScheduling().AddSiloDashboard();
    });

    await using var app = builder.Build();
    mode.Map(app);
    app.MapProcessHealth();
    app.MapSiloDashboard();

    await mode.ReadyAsync();
    await app.RunUntilStoppedAsync();
});
