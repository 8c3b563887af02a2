using System.Globalization;
using BlueEdge.Channels;

namespace BlueEdge.Bench.Pictures;

/// <summary>
/// A picture's size, whose bytes are a plane of brightness and two of colours with half as many in each direction. The media type
/// of what is sent bears it.
/// </summary>
internal sealed record I420Size(int Width, int Height)
{
    private const string Prefix = "image/x-i420-";

    public string MediaType => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Width}x{Height}");

    public int Bytes => (Width * Height) + (2 * Colours.Width * Colours.Height);

    public I420Size Half => new(Width / 2, Height / 2);

    /// <summary>The size of each plane of colours.</summary>
    public (int Width, int Height) Colours => ((Width + 1) / 2, (Height + 1) / 2);

    public static I420Size Of(Payload payload)
    {
        var size = payload.MediaType[Prefix.Length..].Split('x');
        return new(int.Parse(size[0], CultureInfo.InvariantCulture), int.Parse(size[1], CultureInfo.InvariantCulture));
    }
}
