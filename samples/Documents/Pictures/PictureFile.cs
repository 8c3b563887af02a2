namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>Opens an encoded picture, of one frame or many, for everyone who reads pictures here.</summary>
internal static class PictureFile
{
    public const string Kinds = "PNG, JPEG, WebP, GIF, BMP or TIFF";

    /// <exception cref="DocumentException">The bytes are not a picture that can be read; the message says what to send.</exception>
    public static IPictureSource Open(ReadOnlyMemory<byte> bytes, DocumentsOptions options)
    {
        if (PictureKind.Unreadable(bytes.Span) is { } kind)
        {
            throw Refused($"The item is {kind}, which cannot be read here; send {Kinds}.");
        }

        IPictureSource? source = PictureKind.IsTiff(bytes.Span) ? TiffSource.Open(bytes, options) : SkiaSource.Open(bytes, options);
        if (source is null)
        {
            throw Refused($"The item is not a picture that can be read; send {Kinds}.");
        }

        return source;
    }

    /// <summary>Throws for more pixels than are allowed, before memory is taken for them: a file of a few kilobytes may hold gigabytes of one colour.</summary>
    public static void ThrowIfTooLarge(long width, long height, DocumentsOptions options)
    {
        if (width <= 0 || height <= 0)
        {
            throw Refused("The picture has no pixels; send it whole.");
        }

        if (width > int.MaxValue || height > int.MaxValue || width * height > options.MaxMegapixels * 1_000_000L)
        {
            throw Refused(
                $"The picture is {width} x {height} pixels; at most {options.MaxMegapixels} million are allowed (BlueEdge:Documents:MaxMegapixels). Send it smaller.");
        }
    }

    public static DocumentException Refused(string message, string? details = null) =>
        new(message) { PageCode = PageCodes.NotReadable, Details = details };
}
