using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BlueEdge.Gateway.OpenApi;

namespace BlueEdge.Gateway.AsyncApi;

/// <summary>A channel of the AsyncAPI document, which is an address, with the one thing that is done there.</summary>
/// <param name="Name">What it is called in the document, as its operation is.</param>
/// <param name="Address">Where it is, under <c>/api/v1</c>.</param>
internal sealed record AsyncApiChannel(string Name, string Address)
{
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["sessionId"] = "The session's id, as its submission was answered with.",
        ["channel"] = "The channel's name; a slash in it is written %2F.",
    };

    /// <summary>Whether the gateway sends here; else it receives.</summary>
    public required bool IsSent { get; init; }

    /// <summary>Whether it is a WebSocket, whose messages are frames; else they are bodies or server-sent events.</summary>
    public bool IsSocket { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>What it is for.</summary>
    public required string Summary { get; init; }

    /// <summary>All that the OpenAPI document says of it.</summary>
    public required string Description { get; init; }

    /// <summary>The query parameters.</summary>
    public QueryParameter[] Query { get; init; } = [];

    /// <summary>What is sent or received.</summary>
    public required ImmutableArray<AsyncApiMessage> Messages { get; init; }

    /// <summary>What is answered to what is received.</summary>
    public AsyncApiMessage? Reply { get; init; }

    public JsonObject ToChannel() => new()
    {
        ["address"] = Address,
        ["summary"] = Summary,
        ["bindings"] = IsSocket ? new JsonObject { ["ws"] = Binding("0.1.0") } : [],
        ["parameters"] = new JsonObject(Parameters
            .Where(parameter => Address.Contains($"{{{parameter.Key}}}", StringComparison.Ordinal))
            .Select(parameter => KeyValuePair.Create(parameter.Key, (JsonNode?)new JsonObject { ["description"] = parameter.Value }))),
        ["messages"] = new JsonObject((Reply is null ? Messages : Messages.Add(Reply)).Select(message => KeyValuePair.Create(message.Name, (JsonNode?)message.ToJson()))),
    };

    public JsonObject ToOperation()
    {
        var operation = new JsonObject
        {
            ["action"] = IsSent ? "send" : "receive",
            ["channel"] = Reference($"#/channels/{Name}"),
            ["summary"] = Summary,
            ["description"] = Description,
            ["bindings"] = IsSocket ? [] : new JsonObject { ["http"] = Binding("0.3.0") },
            ["messages"] = new JsonArray([.. Messages.Select(ReferenceOf)]),
        };
        if (Reply is not null)
        {
            operation["reply"] = new JsonObject { ["channel"] = Reference($"#/channels/{Name}"), ["messages"] = new JsonArray(ReferenceOf(Reply)) };
        }

        return operation;
    }

    private JsonObject Binding(string version)
    {
        var binding = new JsonObject { ["method"] = Method, ["bindingVersion"] = version };
        if (Query is not [])
        {
            binding["query"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject(Query.Select(parameter => KeyValuePair.Create(
                    parameter.Name, (JsonNode?)new JsonObject { ["type"] = parameter.Type, ["description"] = parameter.Description }))),
            };
        }

        return binding;
    }

    private JsonObject ReferenceOf(AsyncApiMessage message) => Reference($"#/channels/{Name}/messages/{message.Name}");

    private static JsonObject Reference(string pointer) => new() { ["$ref"] = pointer };
}
