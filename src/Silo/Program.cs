using BlueEdge.Gateway;
using BlueEdge.Samples.Basics;
using BlueEdge.Samples.Documents;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using BlueEdge.Silo;
using BlueEdge.Silo.Dashboard;
using BlueEdge.Silo.Embedded;
using BlueEdge.Silo.Health;
using Orleans.Dashboard;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    await using var store = await builder.UseEmbeddedStoreAsync();
    builder.UseOrleans(silo => silo
        .AddSessions()
        .AddScheduling()
        .AddBasicEngines()
        .AddDocumentEngines()
        .AddDashboard());
    builder.AddBlueEdgeGateway();
    builder.Services.AddHealth();

    await using var app = builder.Build();
    app.MapHealth();
    app.MapBlueEdgeGateway();
    app.MapDashboard();
    app.AnnounceWhenStarted();
    await app.RunAsync();
    return 0;
}
catch (Exception error) when (StartFailure.Explain(error) is { } explanation)
{
    await Console.Error.WriteLineAsync(explanation);
    return 1;
}
