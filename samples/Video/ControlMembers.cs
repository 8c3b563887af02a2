using System.Text.Json;

namespace BlueEdge.Samples.Video;

/// <summary>Reads the members of what comes on a Control input.</summary>
internal static class ControlMembers
{
    private const int NamedAtMost = 5;
    private const int ShownLength = 40;

    /// <summary>A member that is a number between two others; null where it is not there.</summary>
    /// <exception cref="BlueEdgeException">It is something else; the message says what it must be.</exception>
    public static double? Number(JsonElement control, string name, double least, double most)
    {
        if (control.ValueKind != JsonValueKind.Object)
        {
            throw new BlueEdgeException($"Control is {Cut(control.GetRawText())}; it must be an object.");
        }

        if (!control.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && number >= least && number <= most
            ? number
            : throw new BlueEdgeException(FormattableString.Invariant($"{name} is {Cut(value.GetRawText())}; it must be a number from {least} to {most}."));
    }

    /// <summary>What to say of members that nobody reads; null where there are none. One channel may steer several engines, so that it is no fault.</summary>
    public static string? Unknown(JsonElement control, params string[] known)
    {
        string[] unknown = [.. control.EnumerateObject().Select(member => member.Name).Where(name => !known.Contains(name, StringComparer.Ordinal))];
        return unknown.Length == 0
            ? null
            : $"Control has members that are not read here: {string.Join(", ", unknown.Take(NamedAtMost).Select(name => $"\"{Cut(name)}\""))}"
                + $"{(unknown.Length > NamedAtMost ? $" and {unknown.Length - NamedAtMost} more" : "")}. Read are {string.Join(", ", known)}.";
    }

    private static string Cut(string text) => text.Length > ShownLength ? text[..ShownLength] + "…" : text;
}
