using System.Text;

namespace BlueEdge.Validation;

/// <summary>Puts what a caller sent into messages and pointers.</summary>
internal static class FaultText
{
    private const int Longest = 64;

    /// <summary>The text in quotes, cut and on one line: a name may be megabytes long and hold anything.</summary>
    public static string Quote(string? text)
    {
        if (text is null)
        {
            return "''";
        }

        var length = Math.Min(text.Length, Longest);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        var quoted = new StringBuilder(length + 3).Append('\'');
        foreach (var character in text.AsSpan(0, length))
        {
            quoted.Append(char.IsControl(character) ? '?' : character);
        }

        return quoted.Append(length < text.Length ? "…'" : "'").ToString();
    }

    /// <summary>A member's name as a step of a JSON pointer (RFC 6901).</summary>
    public static string Step(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
