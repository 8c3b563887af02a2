using System.Buffers;
using System.Collections.Frozen;

namespace BlueEdge.Outbound;

/// <summary>Which headers whoever names an address may have sent to it.</summary>
public static class HeaderRules
{
    /// <summary>Headers a call.</summary>
    public const int Most = 32;

    /// <summary>Characters of a name.</summary>
    public const int LongestName = 256;

    /// <summary>Characters of a value.</summary>
    public const int LongestValue = 4_096;

    // RFC 9110, token.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // Those that say where a message goes and ends, what becomes of its connection, or what its body is.
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Host", "Content-Length", "Content-Encoding", "Content-Range", "Transfer-Encoding", "TE", "Trailer", "Connection",
        "Keep-Alive", "Upgrade", "HTTP2-Settings", "Expect");

    private static readonly string[] ReservedBeginnings = ["Proxy-", "webhook-"];

    /// <summary>Whether it is a name and a value that a header can have.</summary>
    public static bool IsWellFormed(string name, string? value) =>
        name.Length > 0 && !name.AsSpan().ContainsAnyExcept(TokenCharacters) && value is not null && !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>Whether the name or the value has more characters than are sent.</summary>
    public static bool IsTooLarge(string name, string? value) => name.Length > LongestName || value?.Length > LongestValue;

    /// <summary>Whether BlueEdge alone sets it.</summary>
    public static bool IsReserved(string name) =>
        Reserved.Contains(name) || Array.Exists(ReservedBeginnings, beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it can be sent, as whoever asked for it gave it.</summary>
    public static bool MaySend(string name, string? value) => IsWellFormed(name, value) && !IsTooLarge(name, value) && !IsReserved(name);
}
