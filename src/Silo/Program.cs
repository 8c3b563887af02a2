using BlueEdge.Gateway;
using BlueEdge.Samples.Basics;
using BlueEdge.Samples.Documents;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using BlueEdge.Silo.Dashboard;
using BlueEdge.Silo.Health;
using BlueEdge.Silo.Hosting;

return await StartUp.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddSiloDefaults();
    await using var mode = builder.StartMode();
    builder.UseOrleans(silo => mode.Configure(silo)
        .AddSessions()
        .AddScheduling()
        .AddBasicEngines()
        .AddDocumentEngines()
        .AddSiloDashboard());
    builder.AddBlueEdgeGateway();
    builder.Services.AddSiloHealth();

    await using var app = builder.Build();
    app.MapBlueEdgeGateway();
    app.MapSiloHealth();
    app.MapSiloDashboard();

    await mode.ReadyAsync();
    await app.RunUntilStoppedAsync();
});
