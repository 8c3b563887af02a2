using BlueEdge.Channels;
using BlueEdge.Engines;
using SkiaSharp;

namespace BlueEdge.Bench.Pictures;

/// <summary>
/// Writes a JPEG picture again and again: Control <c>{"file": "/…/picture.jpg", "pictures": 1000}</c>, with <c>"perSecond": 500</c> at a steady pace
/// rather than as fast as they are taken.
/// </summary>
[Engine("camera")]
[Input("Control", ChannelType.Json)]
[Output("Out", ChannelType.Image)]
public sealed class CameraEngine(TimeProvider clock) : EngineGrain
{
    /// <summary>Makes a picture of this size where there is none yet, so that nothing need be kept or fetched.</summary>
    private const int Width = 640, Height = 480;

    /// <summary>No clock ticks more often than that for sure.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var shot = input.Json<Shot>("Control");
        if (!File.Exists(shot.File))
        {
            await File.WriteAllBytesAsync(shot.File, Paint(), cancellationToken);
        }

        var jpeg = await File.ReadAllBytesAsync(shot.File, cancellationToken);
        using PeriodicTimer timer = new(Beat, clock);
        var since = clock.GetTimestamp();
        for (var picture = 0; picture < shot.Pictures; picture++)
        {
            while (shot.PerSecond > 0 && picture >= clock.GetElapsedTime(since).TotalSeconds * shot.PerSecond)
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }

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
