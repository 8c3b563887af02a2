using System.Text.Json;

namespace BlueEdge.Gateway.Tests.AsyncApi;

/// <summary>Whether JSON is as a schema says, as far as the schemas of the AsyncAPI document go; and that it has no member that the schema does not know.</summary>
internal static class SchemaCheck
{
    private static readonly string[] Known = ["type", "required", "properties", "items", "oneOf", "format", "additionalProperties", "enum"];

    public static List<string> Faults(JsonElement schema, JsonElement json, string place)
    {
        if (schema.ValueKind is JsonValueKind.True)
        {
            return [];
        }

        List<string> faults = [.. schema.EnumerateObject().Where(each => !Known.Contains(each.Name, StringComparer.Ordinal)).Select(each => $"{place}: '{each.Name}' of a schema is not understood.")];
        if (schema.TryGetProperty("type", out var type) && !IsOf(type.GetString(), json))
        {
            faults.Add($"{place} is {json.ValueKind} and not {type}.");
        }

        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(each => JsonElement.DeepEquals(each, json)))
        {
            faults.Add($"{place} is {json}, which is none of {values}.");
        }

        if (schema.TryGetProperty("oneOf", out var choices) && choices.EnumerateArray().Count(choice => Missing(choice, json).Count == 0) != 1)
        {
            faults.Add($"{place} is not exactly one of {choices}.");
        }

        faults.AddRange(Missing(schema, json).Select(name => $"{place} has no '{name}'."));
        if (json.ValueKind is JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            faults.AddRange(json.EnumerateObject().SelectMany(each => properties.TryGetProperty(each.Name, out var its) ? Faults(its, each.Value, $"{place}/{each.Name}") : [$"{place} has '{each.Name}', which its schema does not know."]));
        }

        if (json.ValueKind is JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            faults.AddRange(json.EnumerateArray().SelectMany(each => Faults(items, each, $"{place}/-")));
        }

        return faults;
    }

    private static List<string> Missing(JsonElement schema, JsonElement json) => schema.TryGetProperty("required", out var required)
        ? [.. required.EnumerateArray().Select(each => each.GetString() ?? "").Where(name => json.ValueKind is not JsonValueKind.Object || !json.TryGetProperty(name, out _))]
        : [];

    private static bool IsOf(string? type, JsonElement json) => type switch
    {
        "object" => json.ValueKind is JsonValueKind.Object,
        "array" => json.ValueKind is JsonValueKind.Array,
        "string" => json.ValueKind is JsonValueKind.String,
        "integer" => json.ValueKind is JsonValueKind.Number && json.TryGetInt64(out _),
        "number" => json.ValueKind is JsonValueKind.Number,
        "boolean" => json.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };
}
