using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Detection;
using BlueEdge.Samples.Documents.Ocr;
using BlueEdge.Samples.Documents.Pictures;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>One way to decode pictures, for detection and recognition alike.</summary>
public sealed class PictureFileTests : IDisposable
{
    private readonly Sketch _page = new(800, 200);
    private readonly SKRect _ink;

    public PictureFileTests() => _ink = _page.Text("The wheel is whole.", 100, 110, 700, size: 40);

    public static TheoryData<int> Orientations => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Orientations))]
    public async Task A_jpeg_is_turned_as_its_camera_says(int orientation)
    {
        using var stored = Files.Stored(_page, orientation);

        await ReadsAsync(Files.WithExif(stored.Encode(SKEncodedImageFormat.Jpeg), orientation));
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public async Task A_png_is_turned_as_it_says(int orientation)
    {
        using var stored = Files.Stored(_page, orientation);

        await ReadsAsync(Files.PngWithExif(stored.Encode(), orientation));
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public async Task A_tiff_is_turned_as_its_scanner_says(int orientation)
    {
        using var stored = Files.Stored(_page, orientation);

        await ReadsAsync(Tiffs.Turned(stored, (SKEncodedOrigin)orientation));
    }

    [Fact]
    public async Task A_fax_is_read() => await ReadsAsync(Tiffs.Fax(_page));

    [Fact]
    public async Task A_tiff_of_16_bits_is_read() => await ReadsAsync(Tiffs.Grey16(_page));

    [Fact]
    public async Task A_tiff_for_print_is_read() => await ReadsAsync(Tiffs.Cmyk(_page));

    [Fact]
    public async Task Text_on_nothing_lies_on_white()
    {
        using var clear = new Sketch(800, 200, SKColors.Transparent);
        clear.Text("The wheel is whole.", 100, 110, 700, size: 40);

        await ReadsAsync(clear.Encode().ToArray());
    }

    [Fact]
    public async Task Stray_bytes_in_a_jpeg_are_passed_over_with_a_word()
    {
        var jpeg = _page.Encode(SKEncodedImageFormat.Jpeg).ToArray();

        await ReadsAsync([.. jpeg[..20], .. "stray"u8, .. jpeg[20..]], "bytes that do not belong");
    }

    [Fact]
    public async Task A_png_without_its_end_is_read_with_a_word() => await ReadsAsync(_page.Encode()[..^12].ToArray(), "cut off");

    [Fact]
    public async Task A_jpeg_that_was_cut_off_behind_the_text_is_read_with_a_word()
    {
        var jpeg = _page.Encode(SKEncodedImageFormat.Jpeg);

        await ReadsAsync(jpeg[..^60].ToArray(), "cut off");
    }

    [Fact]
    public void A_picture_without_a_single_pixel_is_refused()
    {
        var jpeg = _page.Encode(SKEncodedImageFormat.Jpeg);

        Refused(jpeg[..(jpeg.Span.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 14)], "send it again, whole");
    }

    [Fact]
    public void Every_frame_of_a_gif_is_a_picture()
    {
        using var second = new Sketch(800, 200, SKColors.Black);
        using var source = PictureFile.Open(Files.Gif(_page, second, _page), new());

        var means = new List<double>();
        for (var frame = 0; frame < source.Frames; frame++)
        {
            using var picture = source.Decode(frame);
            means.Add(picture.Pixels[..4].ToArray().Average(value => value));
        }

        Assert.Equal([255, 63.75, 255], means);
    }

    [Fact]
    public async Task Every_page_of_a_fax_is_a_picture()
    {
        using var second = new Sketch(600, 150);
        second.Text("The second page", 60, 90, 500, size: 40);
        using var source = PictureFile.Open(Tiffs.Fax(_page, second, _page), new());

        Assert.Equal(3, source.Frames);
        using var picture = source.Decode(1);
        Assert.Equal("The second page", (await new TesseractReader(new()).ReadAsync(picture, OcrSettings.Default, TestContext.Current.CancellationToken)).Text);
    }

    [Theory]
    [InlineData("heic", "mif1", "HEIC")]
    [InlineData("mif1", "heic", "HEIC")]
    [InlineData("heix", "mif1", "HEIC")]
    [InlineData("avif", "mif1", "AVIF")]
    [InlineData("mif1", "avif", "AVIF")]
    [InlineData("isom", "mp42", "a video")]
    public void What_telephones_send_is_named_with_what_to_send_instead(string brand, string compatible, string name)
    {
        Refused(Files.Heif(brand, compatible), name);
        Refused(Files.Heif(brand, compatible), "send PNG, JPEG, WebP, GIF, BMP or TIFF");
    }

    [Theory]
    [InlineData(30_000, 30_000)]
    [InlineData(1_000_000, 101)]
    public void A_bomb_is_refused_before_it_is_decoded(int width, int height) =>
        Refused(Files.PngBomb(width, height), "BlueEdge:Documents:MaxMegapixels");

    [Fact]
    public void A_tiff_bomb_is_refused_before_it_is_decoded()
    {
        using var dot = new Sketch(8, 8);
        var tiff = Tiffs.Grey16(dot);
        foreach (var size in new[] { TagAt(tiff, 256), TagAt(tiff, 257) })
        {
            BitConverter.TryWriteBytes(tiff.AsSpan(size + 2), (ushort)4);
            BitConverter.TryWriteBytes(tiff.AsSpan(size + 8), 60_000);
        }

        Refused(tiff, "BlueEdge:Documents:MaxMegapixels");
    }

    [Fact]
    public void No_damage_to_a_tiff_does_more_than_refuse_it()
    {
        var good = Tiffs.Fax(_page, _page);
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var bad = good.AsSpan(0, round % 3 == 0 ? random.Next(good.Length) : good.Length).ToArray();
            for (var flip = 0; flip < 4 && bad.Length > 0; flip++)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            try
            {
                using var source = PictureFile.Open(bad, new() { MaxMegapixels = 1 });
                using var picture = source.Decode(source.Frames - 1);
            }
            catch (DocumentException error)
            {
                Assert.NotEmpty(error.Message);
            }
        }
    }

    public void Dispose() => _page.Dispose();

    private static int TagAt(ReadOnlySpan<byte> tiff, int tag)
    {
        var directory = BitConverter.ToInt32(tiff[4..]);
        for (var entry = directory + 2; ; entry += 12)
        {
            if (BitConverter.ToUInt16(tiff[entry..]) == tag)
            {
                return entry;
            }
        }
    }

    private static void Refused(ReadOnlyMemory<byte> file, string message)
    {
        var error = Assert.Throws<DocumentException>(() =>
        {
            using var source = PictureFile.Open(file, new());
            using var picture = source.Decode(0);
        });
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private async Task ReadsAsync(byte[] file, string? complaint = null)
    {
        using var source = PictureFile.Open(file, new());
        using var picture = source.Decode(0);

        Assert.Equal((800, 200), (picture.Width, picture.Height));
        Assert.Contains(complaint ?? "", string.Concat(picture.Complaints), StringComparison.Ordinal);
        Assert.Equal(complaint is null ? 0 : 1, picture.Complaints.Length);
        Assert.Equal("The wheel is whole.", (await new TesseractReader(new()).ReadAsync(picture, OcrSettings.Default, TestContext.Current.CancellationToken)).Text);
        BoxAssert.Match([_ink], (await new TextDetector(new()).DetectAsync(picture, OcrLanguage.Default, TestContext.Current.CancellationToken)).Boxes);
    }
}
