using System.Buffers.Binary;

namespace BlueEdge.Gateway.Channels;

/// <summary>Guesses the media type of content that came without one, by its first bytes.</summary>
internal static class MediaTypeSniffer
{
    private const int LongestBrands = 256;

    /// <summary>The type, or <see langword="null"/> where the bytes tell nothing.</summary>
    public static string? Guess(ReadOnlySpan<byte> content) => content switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'B', (byte)'M', ..] => "image/bmp",
        [(byte)'I', (byte)'I', 0x2A or 0x2B, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2A or 0x2B, ..] => "image/tiff",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "application/pdf",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => OfBrands(content),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "video/webm",
        _ => null,
    };

    // ISO 14496-12: the box's length, "ftyp", the major brand, a version, then the other brands that the file keeps to.
    // A picture may name only a general one first (mif1), and films name none of these.
    private static string OfBrands(ReadOnlySpan<byte> content)
    {
        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(content), (uint)Math.Min(content.Length, LongestBrands));
        var type = "video/mp4";
        for (var at = 8; at + 4 <= length; at += at == 8 ? 8 : 4)
        {
            switch (content.Slice(at, 4))
            {
                case [(byte)'a', (byte)'v', (byte)'i', (byte)'f' or (byte)'s']:
                    return "image/avif";
                case [(byte)'h', (byte)'e', (byte)'i' or (byte)'v', _]:
                case [(byte)'m', (byte)'i' or (byte)'s', (byte)'f', (byte)'1']:
                    type = "image/heic";
                    break;
            }
        }

        return type;
    }
}
