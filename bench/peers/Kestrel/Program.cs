using System.Text.Json;
using BlueEdge.KestrelPeer;
using BlueEdge.Store.Sqlite.Storage;

// The least that an accepted session can cost: the same POST, read as JSON, one write to the store that BlueEdge embeds, and an
// answer. And the least that an item by a socket can cost: /echo sends back what comes. KestrelPeer DATA-FOLDER, listening where ASPNETCORE_URLS says.
Directory.CreateDirectory(args[0]);
using var store = SqliteStore.Open(Path.Combine(args[0], "store.db"), StoreDurability.Process);
await store.WriteAsync(session => session.Execute("CREATE TABLE IF NOT EXISTS bodies (id TEXT PRIMARY KEY, body BLOB NOT NULL)"));

// Watching the settings' files would watch what all subjects write into the folder.
var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
builder.Logging.ClearProviders();
await using var app = builder.Build();
app.MapGet("/health/ready", () => Results.Ok());
app.MapPost("/sessions", async (HttpRequest request) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
    using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
    var id = Guid.CreateVersion7().ToString("N");
    var bytes = body.ToArray();
    await store.WriteAsync(session => session.Execute("INSERT INTO bodies (id, body) VALUES ($1, $2)", id, bytes));
    return Results.Json(new Accepted(id, document.RootElement.GetProperty("engines").GetArrayLength()), AcceptedJson.Default.Accepted);
});
app.UseWebSockets();
app.Map("/echo", Echo.RunAsync);
await app.RunAsync();
