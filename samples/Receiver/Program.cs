// Receives webhooks: refuses those that nobody signed with the secret, and prints each other as one line, once.
//   WEBHOOK_SECRET=whsec_… dotnet run --project samples/Receiver -- --urls http://127.0.0.1:5090
using System.Collections.Concurrent;
using System.Text.Json;
using BlueEdge.Client.Webhooks;
using BlueEdge.Webhooks;

var builder = WebApplication.CreateSlimBuilder(args);

// Two, with a space between them, while one is exchanged for the other.
var secrets = (builder.Configuration["WEBHOOK_SECRET"] ?? "").Split(' ').Select(WebhookSecret.Parse);
var verifier = new WebhookVerifier(secrets);
var taken = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal); // A real one keeps them where they outlive it.

var app = builder.Build();
app.MapPost("/{**path}", async (HttpRequest request, CancellationToken cancellationToken) =>
{
    using var buffer = new MemoryStream();
    await request.Body.CopyToAsync(buffer, cancellationToken);
    var body = buffer.ToArray();
    var headers = request.Headers;

    var verification = verifier.Verify(body, headers[WebhookHeaders.Id], headers[WebhookHeaders.Timestamp], headers[WebhookHeaders.Signature]);
    if (verification is not WebhookVerification.Valid)
    {
        Console.Error.WriteLine($"refused: {verification}");
        return Results.Unauthorized();
    }

    var id = headers[WebhookHeaders.Id].ToString();
    if (taken.TryAdd(id, true))
    {
        Console.WriteLine($"{id} {JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(body))}");
    }

    return Results.NoContent();
});
await app.RunAsync();
