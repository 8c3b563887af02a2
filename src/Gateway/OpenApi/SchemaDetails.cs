using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BlueEdge.Gateway.OpenApi;

/// <summary>Says of a schema what the generator does not.</summary>
internal static class SchemaDetails
{
    public static void Add(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        if (schema.Type is { } type && (type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number)))
        {
            // The host's serializer would take a number in quotation marks; the readers of bodies do not.
            schema.Type = type & ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        var allowed = context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false);
        if (allowed is [AllowedValuesAttribute { Values: var values }])
        {
            schema.Enum = [.. values.Select(value => JsonValue.Create(value as string)).OfType<JsonNode>()];
        }
    }
}
