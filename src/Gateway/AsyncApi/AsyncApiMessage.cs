using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace BlueEdge.Gateway.AsyncApi;

/// <summary>A message of the AsyncAPI document: an event of a stream under its type, a body, or an answer.</summary>
/// <param name="Name">What it is called in its channel; of an event its type.</param>
/// <param name="Summary">What it says.</param>
internal sealed record AsyncApiMessage(string Name, string Summary)
{
    /// <summary>How its content is written.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>The JSON schema of its content; <see langword="null"/> where it has none.</summary>
    public JsonNode? Schema { get; init; }

    /// <summary>What an event's <c>id</c> is; <see langword="null"/> for what has none.</summary>
    public string? Id { get; init; }

    /// <summary>Examples, as JSON, each with the event's <c>id</c> where it has one. A text stands for content that is no JSON.</summary>
    public ImmutableArray<(string? Id, string Json)> Examples { get; init; } = [];

    public JsonObject ToJson()
    {
        var message = new JsonObject { ["name"] = Name, ["summary"] = Summary, ["contentType"] = ContentType };
        if (Id is not null)
        {
            message["headers"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["id"] = new JsonObject { ["type"] = "string", ["description"] = Id } },
            };
        }

        if (Schema is not null)
        {
            message["payload"] = Schema.DeepClone();
        }

        if (!Examples.IsEmpty)
        {
            message["examples"] = new JsonArray([.. Examples.Select(Example)]);
        }

        return message;
    }

    private static JsonObject Example((string? Id, string Json) example) => example.Id is null
        ? new() { ["payload"] = JsonNode.Parse(example.Json) }
        : new() { ["headers"] = new JsonObject { ["id"] = example.Id }, ["payload"] = JsonNode.Parse(example.Json) };
}
