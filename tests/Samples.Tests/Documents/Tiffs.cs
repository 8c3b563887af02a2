using BitMiracle.LibTiff.Classic;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>TIFFs as scanners write them.</summary>
internal static class Tiffs
{
    /// <summary>A page for each sketch, black and white, as fax machines pack them.</summary>
    public static byte[] Fax(params ReadOnlySpan<Sketch> pages) => Write(pages, (tiff, page) =>
    {
        tiff.SetField(TiffTag.BITSPERSAMPLE, 1);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
        tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISWHITE);
        tiff.SetField(TiffTag.COMPRESSION, Compression.CCITTFAX4);
        var row = new byte[(page.Bitmap.Width + 7) / 8];
        for (var y = 0; y < page.Bitmap.Height; y++)
        {
            Array.Clear(row);
            for (var x = 0; x < page.Bitmap.Width; x++)
            {
                row[x / 8] |= (byte)(Grey(page, x, y) < 128 ? 128 >> (x % 8) : 0);
            }

            tiff.WriteScanline(row, y);
        }
    });

    /// <summary>Grey of 16 bits a pixel, packed as ZIP does.</summary>
    public static byte[] Grey16(params ReadOnlySpan<Sketch> pages) => Write(pages, (tiff, page) =>
    {
        tiff.SetField(TiffTag.BITSPERSAMPLE, 16);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
        tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
        tiff.SetField(TiffTag.COMPRESSION, Compression.DEFLATE);
        WriteRows(tiff, page, 2, (grey, row, x) => row[2 * x] = row[(2 * x) + 1] = grey);
    });

    /// <summary>The four inks of print, packed as LZW does.</summary>
    public static byte[] Cmyk(params ReadOnlySpan<Sketch> pages) => Write(pages, (tiff, page) =>
    {
        tiff.SetField(TiffTag.BITSPERSAMPLE, 8);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 4);
        tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.SEPARATED);
        tiff.SetField(TiffTag.COMPRESSION, Compression.LZW);
        WriteRows(tiff, page, 4, (grey, row, x) => row[(4 * x) + 3] = (byte)(255 - grey));
    });

    /// <summary>Grey with the tag that says how to turn it.</summary>
    public static byte[] Turned(Sketch stored, SKEncodedOrigin origin) => Write([stored], (tiff, page) =>
    {
        tiff.SetField(TiffTag.ORIENTATION, (BitMiracle.LibTiff.Classic.Orientation)origin);
        tiff.SetField(TiffTag.BITSPERSAMPLE, 8);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
        tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
        tiff.SetField(TiffTag.COMPRESSION, Compression.PACKBITS);
        WriteRows(tiff, page, 1, (grey, row, x) => row[x] = grey);
    });

    private static byte[] Write(ReadOnlySpan<Sketch> pages, Action<Tiff, Sketch> fill)
    {
        using var stream = new MemoryStream();
        using (var tiff = Tiff.ClientOpen("test", "w", stream, new TiffStream()))
        {
            foreach (var page in pages)
            {
                tiff.SetField(TiffTag.IMAGEWIDTH, page.Bitmap.Width);
                tiff.SetField(TiffTag.IMAGELENGTH, page.Bitmap.Height);
                tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
                tiff.SetField(TiffTag.ROWSPERSTRIP, 64);
                fill(tiff, page);
                tiff.WriteDirectory();
            }

            tiff.Flush();
            return stream.ToArray();
        }
    }

    private static void WriteRows(Tiff tiff, Sketch page, int bytes, Action<byte, byte[], int> set)
    {
        var row = new byte[page.Bitmap.Width * bytes];
        for (var y = 0; y < page.Bitmap.Height; y++)
        {
            for (var x = 0; x < page.Bitmap.Width; x++)
            {
                set(Grey(page, x, y), row, x);
            }

            tiff.WriteScanline(row, y);
        }
    }

    private static byte Grey(Sketch page, int x, int y) => page.Bitmap.GetPixelSpan()[4 * ((y * page.Bitmap.Width) + x)];
}
