using System.Collections.Immutable;
using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;
using SkiaSharp;

namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>
/// TIFF, which is what scanners make: many pages, fax, grey, colours, CMYK. Decoded by a library of managed code, where a
/// file of a stranger can throw and nothing worse.
/// </summary>
internal sealed class TiffSource : IPictureSource
{
    private readonly DocumentsOptions _options;
    private readonly TiffInput _input;
    private readonly Tiff _tiff;
    private readonly ImmutableArray<short> _directories;

    private TiffSource(DocumentsOptions options, TiffInput input, Tiff tiff)
    {
        _options = options;
        _input = input;
        _tiff = tiff;
        _directories = Pages();
    }

    public int Frames => _directories.Length;

    /// <exception cref="DocumentException">It begins as a TIFF, and is none.</exception>
    public static TiffSource Open(ReadOnlyMemory<byte> bytes, DocumentsOptions options)
    {
        var input = new TiffInput(bytes);
        try
        {
            var tiff = Tiff.ClientOpen("picture", "r", input, new TiffStream())
                ?? throw PictureFile.Refused("The TIFF is broken, and no picture of it can be had; send it again, whole.", string.Join('\n', input.Complaints));
            return new(options, input, tiff);
        }
        catch (Exception error) when (error is not DocumentException)
        {
            throw Broken(error, input);
        }
    }

    public Picture Decode(int frame)
    {
        try
        {
            _input.Complaints.Clear();
            return Read(_directories[frame]);
        }
        catch (Exception error) when (error is not DocumentException)
        {
            throw Broken(error, _input);
        }
    }

    public void Dispose()
    {
        _tiff.Dispose();
        _input.Dispose();
    }

    // The library throws whatever its arrays throw.
    private static DocumentException Broken(Exception error, TiffInput input) => PictureFile.Refused(
        "The TIFF is broken inside, and no picture of it can be had; send it again, whole, or as PNG.",
        string.Join('\n', input.Complaints.Append(error.Message)));

    // Thumbnails stand beside the pages that they show.
    private ImmutableArray<short> Pages()
    {
        var pages = ImmutableArray.CreateBuilder<short>();
        short directory = 0;
        do
        {
            if ((Number(TiffTag.SUBFILETYPE) & (int)FileType.REDUCEDIMAGE) == 0)
            {
                pages.Add(directory);
            }
        }
        while (pages.Count <= _options.MaxPages && directory++ < short.MaxValue && _tiff.ReadDirectory());
        return pages.Count > 0 ? pages.ToImmutable() : [0];
    }

    private Picture Read(short directory)
    {
        if (!_tiff.SetDirectory(directory))
        {
            throw PictureFile.Refused("The TIFF is broken at this page; send it again, whole.", string.Join('\n', _input.Complaints));
        }

        var (width, height) = (Number(TiffTag.IMAGEWIDTH), Number(TiffTag.IMAGELENGTH));
        PictureFile.ThrowIfTooLarge((uint)width, (uint)height, _options);
        ThrowIfPartsAreTooLarge(width);
        var origin = (SKEncodedOrigin)Number(TiffTag.ORIENTATION) is var tag && Enum.IsDefined(tag) ? tag : SKEncodedOrigin.TopLeft;
        var pixels = new int[width * height];
        if (!_tiff.ReadRGBAImageOriented(width, height, pixels, AsStored(origin), stopOnError: false) || !pixels.AsSpan().ContainsAnyExcept(0))
        {
            throw PictureFile.Refused(
                "The TIFF's picture cannot be decoded: it is broken, or of a kind that is not read (grey, palette, RGB, CMYK, YCbCr and fax of up to 16 bits are). Send it as PNG.",
                string.Join('\n', _input.Complaints));
        }

        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        MemoryMarshal.AsBytes(pixels.AsSpan()).CopyTo(bitmap.GetPixelSpan());
        WhitePaper.Lay(bitmap.GetPixelSpan());
        return new(Orientation.Take(bitmap, origin), _input.Complaints.Count == 0 ? [] : [PictureDamage.CutOff]);
    }

    // Memory is taken for a whole strip or tile, which may be larger than the picture.
    private void ThrowIfPartsAreTooLarge(int width)
    {
        if (_tiff.IsTiled())
        {
            PictureFile.ThrowIfTooLarge((uint)Number(TiffTag.TILEWIDTH), (uint)Number(TiffTag.TILELENGTH), _options);
        }
        else if (_tiff.StripSize() is var bytes && (bytes < 0 || bytes > _options.MaxMegapixels * 8_000_000L))
        {
            throw PictureFile.Refused($"The TIFF's strips of {width} pixels a row are larger than is allowed (BlueEdge:Documents:MaxMegapixels). Send it as PNG.");
        }
    }

    // The library can flip and cannot turn: it is told that the tag is what is wanted, and does nothing.
    private static BitMiracle.LibTiff.Classic.Orientation AsStored(SKEncodedOrigin origin) => origin switch
    {
        SKEncodedOrigin.TopRight or SKEncodedOrigin.RightTop => BitMiracle.LibTiff.Classic.Orientation.TOPRIGHT,
        SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightBottom => BitMiracle.LibTiff.Classic.Orientation.BOTRIGHT,
        SKEncodedOrigin.BottomLeft or SKEncodedOrigin.LeftBottom => BitMiracle.LibTiff.Classic.Orientation.BOTLEFT,
        _ => BitMiracle.LibTiff.Classic.Orientation.TOPLEFT,
    };

    private int Number(TiffTag tag) => _tiff.GetField(tag) is [var value, ..] ? value.ToInt() : 0;
}
