using System.Text;

namespace BlueEdge.Validation;

/// <summary>Puts what a caller sent into messages and pointers.</summary>
public static class FaultText
{
    private const int Longest = 64;
    private const int LongestStep = 256;

    /// <summary>The text in quotes, cut and on one line: a name may be megabytes long and hold anything.</summary>
    public static string Quote(string? text)
    {
        if (text is null)
        {
            return "''";
        }

        var length = LengthWithin(text, Longest);
        var quoted = new StringBuilder(length + 3).Append('\'');
        foreach (var character in text.AsSpan(0, length))
        {
            quoted.Append(char.IsControl(character) ? '?' : character);
        }

        return quoted.Append(length < text.Length ? "…'" : "'").ToString();
    }

    /// <summary>
    /// A member's name as a step of a JSON pointer (RFC 6901). One that is too long is cut and ends in an ellipsis: the pointer
    /// of each fault has it once more.
    /// </summary>
    public static string Step(string name)
    {
        if (name.Length > LongestStep)
        {
            name = $"{name.AsSpan(0, LengthWithin(name, LongestStep - 1))}…";
        }

        return name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }

    /// <summary>How much of a text has at most so many characters and ends in no half of a surrogate pair.</summary>
    private static int LengthWithin(string text, int most) =>
        text.Length <= most ? text.Length : char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
}
