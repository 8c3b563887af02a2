using SkiaSharp;

namespace BlueEdge.Samples.ScannedPdf;

/// <summary>Spoils a clean sheet as a scanner does: crooked, soft, tinted, unevenly lit, noisy and dusty.</summary>
internal static class Scanner
{
    private const float BlurInPixels = 0.7f;
    private const double NoiseDeviation = 4;
    private const int JpegQuality = 55;

    public static byte[] Scan(SKBitmap sheet, ManuscriptPage page, int seed)
    {
        // The same seed gives the same noise on every machine, so that the file changes only with its manuscript.
        var random = new Random(seed);
        using var scan = Lay(sheet, page);
        Soil(scan, random);
        using var image = SKImage.FromBitmap(scan);
        using var jpeg = image.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
        return jpeg.ToArray();
    }

    private static SKBitmap Lay(SKBitmap sheet, ManuscriptPage page)
    {
        var scan = new SKBitmap(Paper.Width, Paper.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(scan);
        canvas.Clear(page.Tint);
        canvas.RotateDegrees(page.AngleInDegrees, Paper.Width / 2f, Paper.Height / 2f);
        using var image = SKImage.FromBitmap(sheet);
        using var blur = SKImageFilter.CreateBlur(BlurInPixels, BlurInPixels);
        using var paint = new SKPaint { ImageFilter = blur, BlendMode = SKBlendMode.Multiply };
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKCubicResampler.Mitchell), paint);
        return scan;
    }

    private static void Soil(SKBitmap scan, Random random)
    {
        var pixels = scan.GetPixelSpan();
        for (var y = 0; y < Paper.Height; y++)
        {
            for (var x = 0; x < Paper.Width; x++)
            {
                var at = ((y * Paper.Width) + x) * 4;
                var noise = Gauss(random) * NoiseDeviation;
                var light = 1 - (0.07 * x / Paper.Width) - (0.03 * y / Paper.Height);
                for (var colour = 0; colour < 3; colour++)
                {
                    // No scanner sees pure black: ink reflects a little light.
                    var seen = (28 + (pixels[at + colour] * 0.89)) * light;
                    pixels[at + colour] = (byte)Math.Clamp(seen + noise, 0, 255);
                }
            }
        }

        Dust(pixels, random);
    }

    private static void Dust(Span<byte> pixels, Random random)
    {
        for (var speck = 0; speck < 30; speck++)
        {
            var (left, top, size) = (random.Next(Paper.Width - 4), random.Next(Paper.Height - 4), random.Next(1, 3));
            for (var pixel = 0; pixel < size * size; pixel++)
            {
                var at = (((top + (pixel / size)) * Paper.Width) + left + (pixel % size)) * 4;
                for (var colour = 0; colour < 3; colour++)
                {
                    pixels[at + colour] = 130;
                }
            }
        }
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
