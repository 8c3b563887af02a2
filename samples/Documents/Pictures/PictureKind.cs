namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>Tells kinds of files by their first bytes.</summary>
internal static class PictureKind
{
    public static bool IsTiff(ReadOnlySpan<byte> bytes) => bytes is
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..];

    /// <summary>The name of a kind that people send and nothing here decodes; null for any other.</summary>
    public static string? Unreadable(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => BoxFile(bytes),
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF (pdf-convert draws its pages)",
        [0, 0, 0, 12, (byte)'j', (byte)'P', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => "a JPEG 2000",
        [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', ..] => "a JPEG XL",
        [(byte)'<', (byte)'s', (byte)'v', (byte)'g', ..] => "an SVG",
        _ => null,
    };

    // ISO 14496-12: the box's length, "ftyp", the major brand, a version, then the brands that it keeps to as well.
    private static string BoxFile(ReadOnlySpan<byte> bytes)
    {
        var heif = false;
        for (var at = 8; at + 4 <= Math.Min(bytes.Length, 64); at += at == 8 ? 8 : 4)
        {
            var brand = bytes.Slice(at, 4);
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
            {
                return "an AVIF picture";
            }

            heif |= brand[..3].SequenceEqual("hei"u8) || brand[..3].SequenceEqual("hev"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8);
        }

        return heif ? "a HEIC picture, as telephones take them" : "a video";
    }
}
