using System.Text.Json;

namespace BlueEdge.Samples.Documents;

/// <summary>Reads the members of what comes on a Control input.</summary>
internal static class ControlMembers
{
    private const int NamedAtMost = 5;
    private const int NameLength = 40;

    /// <exception cref="DocumentException">It is no object.</exception>
    public static void ThrowIfNoObject(JsonElement control)
    {
        if (control.ValueKind != JsonValueKind.Object)
        {
            throw new DocumentException($"Control is {Kind(control)}; it must be an object.");
        }
    }

    /// <summary>What to say of members that nobody reads; null where there are none. One channel may steer several engines, so that it is no fault.</summary>
    public static string? Unknown(JsonElement control, params ReadOnlySpan<string> known)
    {
        var names = new List<string>();
        foreach (var member in control.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                names.Add(Named(member.Name, known));
            }
        }

        return names.Count == 0
            ? null
            : $"Control has members that are not read here: {string.Join(", ", names.Take(NamedAtMost))}{(names.Count > NamedAtMost ? $" and {names.Count - NamedAtMost} more" : "")}. "
                + $"Read are {string.Join(", ", known!)}.";
    }

    /// <summary>A member's value, where it is there and not null.</summary>
    public static JsonElement? Find(JsonElement control, string name) =>
        control.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Whether bad pages are left out: the member <c>onPageError</c>.</summary>
    public static bool SkipsBadPages(JsonElement control) => Find(control, "onPageError") switch
    {
        null => true,
        { ValueKind: JsonValueKind.String } value when value.ValueEquals("skip") => true,
        { ValueKind: JsonValueKind.String } value when value.ValueEquals("fail") => false,
        { } value => throw new DocumentException($"onPageError is {Shown(value)}; it must be \"skip\" or \"fail\"."),
    };

    /// <summary>A value as it came, cut.</summary>
    public static string Shown(JsonElement value) => value.GetRawText() is var text && text.Length > NameLength ? text[..NameLength] + "…" : text;

    private static string Named(string name, ReadOnlySpan<string> known)
    {
        var shown = name.Length > NameLength ? name[..NameLength] + "…" : name;
        foreach (var other in known)
        {
            if (string.Equals(other, name, StringComparison.OrdinalIgnoreCase))
            {
                return $"\"{shown}\" (write \"{other}\")";
            }
        }

        return $"\"{shown}\"";
    }

    private static string Kind(JsonElement control) => control.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
