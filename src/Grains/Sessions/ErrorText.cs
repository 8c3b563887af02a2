using System.Globalization;
using System.Text;

namespace BlueEdge.Grains.Sessions;

/// <summary>
/// What engines say when they fail may be megabytes long and hold anything. It is cut where it enters the platform, for it goes
/// into states, answers and logs, many times over.
/// </summary>
public static class ErrorText
{
    /// <summary>In bytes of UTF-8.</summary>
    public const int Longest = 4 * 1024;

    /// <summary>For texts of which a state has many, such as the reasons of former attempts.</summary>
    public const int LongestOfMany = 512;

    private const int LongestLogged = 16 * 1024;

    /// <summary>The text, of at most so many bytes of UTF-8. What is cut says how much more there was.</summary>
    public static string Cut(string text, int bytes = Longest)
    {
        var length = text.Length <= bytes / 3 ? 0 : Encoding.UTF8.GetByteCount(text);
        if (length <= bytes)
        {
            return text;
        }

        var room = bytes - Ending(length).Length - "…".Length * 2;
        var (kept, keptBytes) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (keptBytes + rune.Utf8SequenceLength > room)
            {
                break;
            }

            kept += rune.Utf16SequenceLength;
            keptBytes += rune.Utf8SequenceLength;
        }

        return string.Concat(text.AsSpan(0, kept), Ending(length - keptBytes));
    }

    /// <summary>The text on one line, with control characters as escapes, so that nobody can write lines of his own into a log.</summary>
    public static string? Escape(string? text)
    {
        if (text is null || !text.Any(IsBreak))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                _ when IsBreak(character) => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    /// <summary>What an engine threw, as it is, or where its messages are long or no plain line, as a text that is neither.</summary>
    public static Exception ForLog(Exception error) =>
        Messages(error).All(message => message.Length < Longest && !message.Any(IsBreak))
            ? error
            : new BlueEdgeException(Escape(Cut(error.ToString(), LongestLogged))!); // Only null is null.

    private static string Ending(int bytes) => string.Create(CultureInfo.InvariantCulture, $"… ({bytes} more bytes were cut)");

    private static bool IsBreak(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';

    private static IEnumerable<string> Messages(Exception error)
    {
        for (var each = error; each is not null; each = each.InnerException)
        {
            yield return each.Message;
        }
    }
}
