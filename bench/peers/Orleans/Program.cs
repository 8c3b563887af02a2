using System.Net;
using BlueEdge.OrleansPeer;
using BlueEdge.Silo.Embedded;
using BlueEdge.Silo.Hosting;
using BlueEdge.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;
using StackExchange.Redis;

// Orleans by itself: a POST wakes a session grain that writes its state and calls three relay grains, which write theirs.
// Four writes to the store that BlueEdge embeds, its log written to the file before the answer.
// OrleansPeer DATA-FOLDER, listening where ASPNETCORE_URLS says.
using var folder = DataFolder.Open(args[0]);
var port = FreePorts.Take();
using var store = EmbeddedStore.Start(folder, port, NullLoggerFactory.Instance);
var redisOptions = new ConfigurationOptions { EndPoints = { { IPAddress.Loopback, port } } };
using var redis = await ConnectionMultiplexer.ConnectAsync(redisOptions);

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.Services.AddSingleton<IDurabilityBarrier>(new CommittedLog(redis));
builder.UseOrleans(silo =>
{
    silo.UseLocalhostClustering(FreePorts.Take(), FreePorts.Take());
    silo.AddRedisGrainStorageAsDefault(storage => storage.Configure<IServiceProvider>((grains, services) =>
    {
        grains.ConfigurationOptions = redisOptions;
        grains.CreateMultiplexer = _ => Task.FromResult<(IConnectionMultiplexer, bool)>((redis, true));
        grains.GrainStorageSerializer = ActivatorUtilities.CreateInstance<OrleansGrainStorageSerializer>(services);
    }));
});
await using var app = builder.Build();
app.MapGet("/health/ready", () => Results.Ok());
app.MapPost("/sessions", async (HttpRequest request, IGrainFactory grains, IDurabilityBarrier barrier) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
    var result = await grains.GetGrain<ISessionGrain>(Guid.CreateVersion7().ToString("N")).RunAsync(body.ToArray());
    await barrier.ReachAsync();
    return Results.Bytes(result, "application/json");
});
await app.RunAsync();
