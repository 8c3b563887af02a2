using BlueEdge.Embedded.Modes;
using BlueEdge.OrleansPeer;
using BlueEdge.Store.Sqlite.Storage;
using Orleans.Storage;

// Orleans by itself: a POST wakes a session grain that writes its state and calls three relay grains, which write theirs.
// Four writes to the store that BlueEdge embeds. OrleansPeer DATA-FOLDER, listening where ASPNETCORE_URLS says.
Directory.CreateDirectory(args[0]);
using var store = SqliteStore.Open(Path.Combine(args[0], "store.db"), StoreDurability.Process);
await SqliteGrainStorage.PrepareAsync(store);

// Watching the settings' files would watch what all subjects write into the folder.
var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
builder.Logging.ClearProviders();
builder.UseOrleans(silo =>
{
    silo.UseLocalhostClustering(FreePorts.Take(), FreePorts.Take());
    silo.Services.AddSingleton(store);
    silo.Services.AddSingleton<IGrainStorage, SqliteGrainStorage>();
});
await using var app = builder.Build();
app.MapGet("/health/ready", () => Results.Ok());
app.MapPost("/sessions", async (HttpRequest request, IGrainFactory grains) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
    return Results.Bytes(await grains.GetGrain<ISessionGrain>(Guid.CreateVersion7().ToString("N")).RunAsync(body.ToArray()), "application/json");
});
await app.RunAsync();
