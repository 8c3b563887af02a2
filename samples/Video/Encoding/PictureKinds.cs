namespace BlueEdge.Samples.Video.Encoding;

internal static class PictureKinds
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF];
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    /// <summary>What a file is, by how it begins; null where it is neither.</summary>
    public static PictureKind? Of(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Jpeg))
        {
            return PictureKind.Jpeg;
        }

        return file.StartsWith(Png) ? PictureKind.Png : null;
    }
}
