using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace BlueEdge.Gateway.AsyncApi;

/// <summary>JSON schemas of what the gateway writes, from the types that it writes.</summary>
internal static class Schemas
{
    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (_, schema) => AsWritten(schema) };

    public static JsonNode Of(JsonTypeInfo type) => type.GetJsonSchemaAsNode(Options);

    /// <summary>Members that say nothing are left out and never null, and numbers are no texts, though both could be read.</summary>
    private static JsonNode AsWritten(JsonNode schema)
    {
        if (schema is JsonObject described && described["type"] is JsonArray types)
        {
            var names = types.Select(type => (string?)type).Where(type => type is not "null").ToList();
            if (names.Exists(name => name is "integer" or "number"))
            {
                names.Remove("string");
                described.Remove("pattern");
            }

            described["type"] = names is [var only] ? only : new JsonArray([.. names.Select(name => (JsonNode?)name)]);
        }

        return schema;
    }
}
