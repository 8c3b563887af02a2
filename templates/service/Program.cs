using BlueEdge;
using TextService;

// Finds the cluster by BlueEdge:Redis, and waits for it at the start.
var builder = WebApplication.CreateBuilder(args);
builder.AddBlueEdgeClient();

await using var app = builder.Build();
app.MapPost("/words", async (Sentence sentence, IBlueEdgeClient blueEdge, CancellationToken cancellationToken) =>
{
    var session = await blueEdge.SubmitAsync(WordCount.Of(sentence), cancellationToken: cancellationToken);
    await foreach (var count in blueEdge.ResultsAsync(session, WordCount.Counts, cancellationToken))
    {
        return Results.Bytes(count.Payload.Bytes.ToArray(), count.Payload.MediaType);
    }

    var end = await blueEdge.WaitAsync(session, cancellationToken);
    return Results.Problem($"Session {session} gave no count: it is {end?.Status}.", statusCode: StatusCodes.Status502BadGateway);
});
await app.RunAsync();
