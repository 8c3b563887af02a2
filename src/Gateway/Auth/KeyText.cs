using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace BlueEdge.Gateway.Auth;

/// <summary>What keys look like: <c>be_</c> and 32 random bytes in base64url.</summary>
internal static class KeyText
{
    public const string Prefix = "be_";

    /// <summary>How many characters a key has.</summary>
    public const int Length = 46;

    private const int Bytes = 32;

    /// <summary>Of 32 random bytes fewer are different once in 10^18 times.</summary>
    private const int Different = 16;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>A new one.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool IsWellFormed(ReadOnlySpan<char> text) =>
        text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && !text[Prefix.Length..].ContainsAnyExcept(Letters);

    /// <summary>Whether it is not made up, as far as that can be seen: neither its bytes nor its letters repeat much.</summary>
    public static bool LooksRandom(string text)
    {
        // The last letter stands for the rest of the 32 bytes alone; what else it could say is cut off.
        Span<byte> bytes = stackalloc byte[Bytes];
        var letters = text.AsSpan(Prefix.Length, Length - Prefix.Length - 1);
        return Base64Url.TryDecodeFromChars(letters[..40], bytes, out var read)
            && bytes[..read].ToArray().Distinct().Count() >= Different
            && letters.ToArray().Distinct().Count() >= Different;
    }
}
