using BlueEdge.Samples.Video.Decoding;
using BlueEdge.Samples.Video.Encoding;
using BlueEdge.Settings;

namespace BlueEdge.Samples.Video;

/// <summary>Adds the video engines to a silo.</summary>
public static class VideoEngines
{
    /// <summary>Adds <c>video-decode</c> and <c>video-encode</c>, set by <c>BlueEdge:Video</c>.</summary>
    public static ISiloBuilder AddVideoEngines(this ISiloBuilder silo)
    {
        silo.Services.AddSettings<VideoOptions>("BlueEdge:Video");
        return silo
            .AddEngine<VideoDecodeEngine>()
            .AddEngine<VideoEncodeEngine>();
    }
}
