using System.Runtime.InteropServices;

namespace BlueEdge.Bench.Pictures;

/// <summary>The JPEG codec that GStreamer's jpegdec and jpegenc use too, with its planes of brightness and colour as they are.</summary>
internal static partial class TurboJpeg
{
    private const string Library = "libturbojpeg.so.0";
    private const int NoPadding = 1;
    private const int HalfColours = 2;
    private const int KeepBuffer = 1024;

    [ThreadStatic]
    private static nint _decompressor;

    [ThreadStatic]
    private static nint _compressor;

    public static (I420Size Size, byte[] Pixels) Decode(ReadOnlySpan<byte> jpeg)
    {
        var decompressor = _decompressor == 0 ? _decompressor = tjInitDecompress() : _decompressor;
        Check(decompressor, tjDecompressHeader3(decompressor, jpeg, (nuint)jpeg.Length, out var width, out var height, out var colours, out _));
        if (colours != HalfColours)
        {
            throw new BlueEdgeException($"A JPEG has colours of kind {colours}; this engine reads 4:2:0 only.");
        }

        var size = new I420Size(width, height);
        var pixels = GC.AllocateUninitializedArray<byte>(size.Bytes);
        Check(decompressor, tjDecompressToYUV2(decompressor, jpeg, (nuint)jpeg.Length, pixels, width, NoPadding, height, 0));
        return (size, pixels);
    }

    public static byte[] Encode(ReadOnlySpan<byte> pixels, I420Size size, int quality)
    {
        var compressor = _compressor == 0 ? _compressor = tjInitCompress() : _compressor;
        var jpeg = GC.AllocateUninitializedArray<byte>((int)tjBufSize(size.Width, size.Height, HalfColours));
        var length = (nuint)jpeg.Length;
        unsafe
        {
            fixed (byte* at = jpeg)
            {
                var buffer = at;
                Check(compressor, tjCompressFromYUV(compressor, pixels, size.Width, NoPadding, size.Height, HalfColours, ref buffer, ref length, quality, KeepBuffer));
            }
        }

        return jpeg[..(int)length];
    }

    private static void Check(nint handle, int result)
    {
        if (result != 0)
        {
            throw new BlueEdgeException($"The JPEG codec says: {Marshal.PtrToStringUTF8(tjGetErrorStr2(handle))}");
        }
    }

    [LibraryImport(Library)]
    private static partial nint tjInitDecompress();

    [LibraryImport(Library)]
    private static partial nint tjInitCompress();

    [LibraryImport(Library)]
    private static partial nuint tjBufSize(int width, int height, int subsampling);

    [LibraryImport(Library)]
    private static partial nint tjGetErrorStr2(nint handle);

    [LibraryImport(Library)]
    private static partial int tjDecompressHeader3(nint handle, ReadOnlySpan<byte> jpeg, nuint length, out int width, out int height, out int subsampling, out int colourSpace);

    [LibraryImport(Library)]
    private static partial int tjDecompressToYUV2(nint handle, ReadOnlySpan<byte> jpeg, nuint length, Span<byte> pixels, int width, int align, int height, int flags);

    [LibraryImport(Library)]
    private static unsafe partial int tjCompressFromYUV(nint handle, ReadOnlySpan<byte> pixels, int width, int align, int height, int subsampling, ref byte* jpeg, ref nuint length, int quality, int flags);
}
