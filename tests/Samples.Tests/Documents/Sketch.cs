using System.Collections.Concurrent;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>A page picture that a test draws, and that remembers where its text is.</summary>
internal sealed class Sketch : IDisposable
{
    // Part of fonts-dejavu-core, which poppler-utils brings along.
    private const string Fonts = "/usr/share/fonts/truetype/dejavu";
    private static readonly ConcurrentDictionary<string, SKTypeface> Typefaces = new(StringComparer.Ordinal);

    private readonly SKCanvas _canvas;
    private readonly List<SKRect> _words = [];

    public Sketch(int width = 1654, int height = 2339, SKColor? paper = null)
    {
        Bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        _canvas = new SKCanvas(Bitmap);
        _canvas.Clear(paper ?? SKColors.White);
    }

    public SKBitmap Bitmap { get; private set; }

    /// <summary>Where each word's ink is.</summary>
    public IReadOnlyList<SKRect> Words => _words;

    /// <summary>What the next text is written in; DejaVuSerif unless set.</summary>
    public string Face { get; set; } = "DejaVuSerif";

    /// <summary>Draws a paragraph and returns where its ink is.</summary>
    /// <param name="text">What to write; it is broken to the width.</param>
    /// <param name="x">The left edge.</param>
    /// <param name="y">The first baseline.</param>
    /// <param name="width">The width to fill.</param>
    /// <param name="size">The font's size in pixels.</param>
    /// <param name="ink">Black unless given.</param>
    /// <param name="leading">From one baseline to the next, in sizes of the font.</param>
    public SKRect Text(string text, float x, float y, float width, float size = 29, SKColor? ink = null, float leading = 1.4f)
    {
        using var font = Font(size);
        using var paint = new SKPaint { Color = ink ?? SKColors.Black, IsAntialias = true };
        var inked = SKRect.Empty;
        foreach (var line in Break(text, font, width))
        {
            font.MeasureText(line, out var bounds);
            bounds.Offset(x, y);
            inked = inked.IsEmpty ? bounds : SKRect.Union(inked, bounds);
            _canvas.DrawText(line, x, y, SKTextAlign.Left, font, paint);
            _words.AddRange(WordsOf(line, font).Select(word => SKRect.Create(x + word.Left, y + word.Top, word.Width, word.Height)));
            y += size * leading;
        }

        return inked;
    }

    /// <summary>How wide a text is on one line.</summary>
    public float Width(string text, float size)
    {
        using var font = Font(size);
        return font.MeasureText(text);
    }

    public void Box(SKRect rectangle, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour };
        _canvas.DrawRect(rectangle, paint);
    }

    /// <summary>A rectangle with the soft shapes and the grain of a photograph.</summary>
    public void Photograph(SKRectI place, int seed)
    {
        var random = new Random(seed);
        using var layer = new SKBitmap(place.Width, place.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(layer))
        {
            canvas.Clear(new SKColor(120, 110, 100));
            using var paint = new SKPaint { IsAntialias = true };
            for (var shape = 0; shape < 1500; shape++)
            {
                paint.Color = new SKColor((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), 120);
                canvas.DrawOval(random.Next(place.Width), random.Next(place.Height), random.Next(2, 60), random.Next(2, 60), paint);
            }
        }

        _canvas.DrawBitmap(layer, place.Left, place.Top, SKSamplingOptions.Default);
    }

    public Sketch Rotate(float degrees, SKColor? paper = null)
    {
        var turned = new SKBitmap(Bitmap.Info);
        using (var canvas = new SKCanvas(turned))
        {
            canvas.Clear(paper ?? SKColors.White);
            canvas.RotateDegrees(degrees, Bitmap.Width / 2f, Bitmap.Height / 2f);
            using var image = SKImage.FromBitmap(Bitmap);
            canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear));
        }

        Bitmap.Dispose();
        Bitmap = turned;
        var turn = SKMatrix.CreateRotationDegrees(degrees, turned.Width / 2f, turned.Height / 2f);
        for (var word = 0; word < _words.Count; word++)
        {
            _words[word] = turn.MapRect(_words[word]);
        }

        return this;
    }

    /// <summary>Adds noise of a normal distribution to every pixel.</summary>
    public Sketch Grain(double deviation, int seed)
    {
        var random = new Random(seed);
        var pixels = Bitmap.GetPixelSpan();
        for (var at = 0; at < pixels.Length; at += 4)
        {
            var noise = deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            for (var colour = 0; colour < 3; colour++)
            {
                pixels[at + colour] = (byte)Math.Clamp(pixels[at + colour] + noise, 0, 255);
            }
        }

        return this;
    }

    public ReadOnlyMemory<byte> Encode(SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var image = SKImage.FromBitmap(Bitmap);
        using var data = image.Encode(format, quality: 85);
        return data.ToArray();
    }

    public void Dispose()
    {
        _canvas.Dispose();
        Bitmap.Dispose();
    }

    private static IEnumerable<SKRect> WordsOf(string line, SKFont font)
    {
        var at = 0;
        foreach (var word in line.Split(' '))
        {
            font.MeasureText(word, out var ink);
            ink.Offset(font.MeasureText(line[..at]), 0);
            yield return ink;
            at += word.Length + 1;
        }
    }

    private SKFont Font(float size) => new(Typefaces.GetOrAdd(Face, Load), size);

    private static SKTypeface Load(string face) => SKTypeface.FromFile($"{Fonts}/{face}.ttf")
        ?? throw new FileNotFoundException($"{Fonts}/{face}.ttf is missing. Install it with: apt-get install fonts-dejavu-core");

    private static IEnumerable<string> Break(string text, SKFont font, float width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.MeasureText(longer) > width)
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        yield return line;
    }
}
