using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace BlueEdge.Sessions;

/// <summary>Makes and checks session ids: 32 lower-case hexadecimal digits.</summary>
public static class SessionIds
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>A fresh id; ids made later sort later.</summary>
    public static string Create() => Guid.CreateVersion7().ToString("N");

    /// <summary>The id that an idempotency key always names (a name-based UUID, RFC 9562 version 8, over SHA-256).</summary>
    public static string FromIdempotencyKey(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString("N");
    }

    /// <summary>Whether the text can be a session id at all.</summary>
    public static bool IsValid(string text) =>
        text is { Length: 32 } && !text.AsSpan().ContainsAnyExcept(Digits);
}
