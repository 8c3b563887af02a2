using System.Globalization;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>Writes on a page of A5 in points (1/72 inch), whatever its resolution, with words and numbers that the seed decides.</summary>
internal sealed class PagePen(Sketch page, PageKind kind, int seed)
{
    public const float Width = 420;
    public const float Height = 595;
    public const float Margin = 36;
    public const float Inner = Width - (2 * Margin);

    private static readonly string[] Vocabulary = $"{SampleText.Long} {SampleText.Other}".Split(' ');
    private readonly Random _random = new(seed);
    private readonly float _unit = kind.Dpi / 72f;

    public SKColor Ink { get; set; } = kind.Ink;

    public string Face { get => page.Face; set => page.Face = value; }

    public int Number(int from, int to) => _random.Next(from, to);

    public string Amount(int most = 10_000) => (_random.Next(100, most * 100) / 100m).ToString("N2", CultureInfo.InvariantCulture);

    public string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Vocabulary[_random.Next(Vocabulary.Length)]));

    public string Word() => Vocabulary[_random.Next(Vocabulary.Length)].Trim('.', ',');

    /// <summary>Writes from a left edge and a first baseline, and says where the ink is.</summary>
    public SKRect Text(string text, float x, float y, float size = 10, float width = Inner, float leading = 1.4f)
    {
        var ink = page.Text(text, x * _unit, y * _unit, width * _unit, size * _unit, Ink, leading);
        return new(ink.Left / _unit, ink.Top / _unit, ink.Right / _unit, ink.Bottom / _unit);
    }

    /// <summary>Writes one line that ends at a right edge.</summary>
    public void Right(string text, float right, float y, float size = 10) =>
        Text(text, right - (page.Width(text, size * _unit) / _unit), y, size, width: 10_000);

    public void Box(float x, float y, float width, float height, SKColor colour) =>
        page.Box(new(x * _unit, y * _unit, (x + width) * _unit, (y + height) * _unit), colour);

    public void Box(float x, float y, float width, float height, byte grey) => Box(x, y, width, height, new SKColor(grey, grey, grey));

    /// <summary>A rule of about a third of a point, at least a pixel.</summary>
    public void Rule(float x, float y, float width, float height) => Box(x, y, Math.Max(width, 0.5f), Math.Max(height, 0.5f), Ink);

    public void Frame(float x, float y, float width, float height)
    {
        Rule(x, y, width, 0);
        Rule(x, y + height, width, 0);
        Rule(x, y, 0, height);
        Rule(x + width, y, 0, height);
    }

    public void Photograph(float x, float y, float width, float height) =>
        page.Photograph(new((int)(x * _unit), (int)(y * _unit), (int)((x + width) * _unit), (int)((y + height) * _unit)), _random.Next());
}
