using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace BlueEdge.Gateway.Channels;

/// <summary>The content of a base64 string or of a data: URL (RFC 2397).</summary>
/// <param name="MediaType">What a data: URL says; <see langword="null"/> for plain base64.</param>
/// <param name="Bytes">The decoded content.</param>
internal readonly record struct Base64Text(string? MediaType, byte[] Bytes)
{
    /// <summary>Decodes the string at which the reader stands, or answers <see langword="null"/> where it is neither.</summary>
    public static Base64Text? Read(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            return Read(json.ValueSpan);
        }

        var unescaped = ArrayPool<byte>.Shared.Rent(json.ValueSpan.Length);
        try
        {
            return Read(unescaped.AsSpan(0, json.CopyString(unescaped)));
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped.
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(unescaped);
        }
    }

    private static Base64Text? Read(ReadOnlySpan<byte> text)
    {
        if (!Ascii.EqualsIgnoreCase(text[..Math.Min(text.Length, 5)], "data:"u8))
        {
            return Decode(text) is { } plain ? new(null, plain) : null;
        }

        text = text[5..];
        var comma = text.IndexOf((byte)',');
        if (comma < 0 || !text[..comma].EndsWith(";base64"u8))
        {
            return null;
        }

        var mediaType = Encoding.UTF8.GetString(text[..(comma - ";base64".Length)]);
        return Decode(text[(comma + 1)..]) is { } bytes ? new(mediaType.Length == 0 ? null : mediaType, bytes) : null;
    }

    private static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (!Base64.IsValid(text, out var length))
        {
            return null;
        }

        var bytes = GC.AllocateUninitializedArray<byte>(length);
        return Base64.DecodeFromUtf8(text, bytes, out _, out var written) == OperationStatus.Done && written == length
            ? bytes
            : null;
    }
}
