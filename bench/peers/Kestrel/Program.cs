using System.Net;
using System.Text.Json;
using BlueEdge.KestrelPeer;
using BlueEdge.Silo.Embedded;
using BlueEdge.Silo.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

// The least that an accepted session can cost: the same POST, read as JSON, one write to the store that BlueEdge embeds, its
// log written to the file, and an answer. KestrelPeer DATA-FOLDER, listening where ASPNETCORE_URLS says.
using var folder = DataFolder.Open(args[0]);
var port = FreePorts.Take();
using var store = EmbeddedStore.Start(folder, port, NullLoggerFactory.Instance);
using var redis = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions { EndPoints = { { IPAddress.Loopback, port } } });
var log = new CommittedLog(redis);

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
await using var app = builder.Build();
app.MapGet("/health/ready", () => Results.Ok());
app.MapPost("/sessions", async (HttpRequest request) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
    using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
    var id = Guid.CreateVersion7().ToString("N");
    await redis.GetDatabase().StringSetAsync("session/" + id, body.GetBuffer().AsMemory(0, (int)body.Length));
    await log.ReachAsync();
    return Results.Json(new Accepted(id, document.RootElement.GetProperty("engines").GetArrayLength()), AcceptedJson.Default.Accepted);
});
await app.RunAsync();
