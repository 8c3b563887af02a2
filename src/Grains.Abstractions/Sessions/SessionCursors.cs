using System.Buffers;

namespace BlueEdge.Sessions;

/// <summary>Checks cursors of lists of sessions: 48 lower-case hexadecimal digits, which mean nothing to those who pass them on.</summary>
public static class SessionCursors
{
    /// <summary>The length of a cursor.</summary>
    public const int Length = 48;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether the text can be a cursor at all.</summary>
    public static bool IsValid(string text) =>
        text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Digits);
}
