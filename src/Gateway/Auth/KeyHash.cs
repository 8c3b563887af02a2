using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace BlueEdge.Gateway.Auth;

/// <summary>SHA-256 of a key. Keys are found by it, so how long that takes tells nothing of any key.</summary>
/// <param name="Head">Its first half.</param>
/// <param name="Tail">Its second half.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KeyHash(UInt128 Head, UInt128 Tail)
{
    /// <summary>The hash of a well-formed key.</summary>
    public static KeyHash Of(ReadOnlySpan<char> key)
    {
        Span<byte> text = stackalloc byte[KeyText.Length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.ASCII.GetBytes(key, text)], hash);
        return From(hash);
    }

    /// <summary>One that was written by <see cref="ToString"/>.</summary>
    public static KeyHash Parse(string digits) => From(Convert.FromHexString(digits));

    /// <summary>64 hexadecimal digits.</summary>
    public override string ToString() => $"{Head:x32}{Tail:x32}";

    private static KeyHash From(ReadOnlySpan<byte> hash) => new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
}
