using BlueEdge.Channels;
using BlueEdge.Engines;
using SkiaSharp;

namespace BlueEdge.Bench.Pictures;

/// <summary>Writes a JPEG picture again and again: Control <c>{"file": "/…/picture.jpg", "pictures": 1000}</c>.</summary>
[Engine("camera")]
[Input("Control", ChannelType.Json)]
[Output("Out", ChannelType.Image)]
public sealed class CameraEngine : EngineGrain
{
    /// <summary>Makes a picture of this size where there is none yet, so that nothing need be kept or fetched.</summary>
    private const int Width = 640, Height = 480;

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var shot = input.Json<Shot>("Control");
        if (!File.Exists(shot.File))
        {
            await File.WriteAllBytesAsync(shot.File, Paint(), cancellationToken);
        }

        var jpeg = await File.ReadAllBytesAsync(shot.File, cancellationToken);
        for (var picture = 0; picture < shot.Pictures; picture++)
        {
            await Output("Out").WriteAsync(jpeg, "image/jpeg", cancellationToken);
        }
    }

    /// <summary>Soft colours with some noise: about as hard to code as a photograph.</summary>
    private static byte[] Paint()
    {
        using var bitmap = new SKBitmap(Width, Height);
        uint noise = 1;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                noise = (noise * 1_664_525) + 1_013_904_223;
                var grain = noise >> 28;
                bitmap.SetPixel(x, y, new((byte)((x / 3) + grain), (byte)((y / 3) + grain), (byte)(((x + y) / 6) + grain)));
            }
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 85);
        return data.ToArray();
    }
}
