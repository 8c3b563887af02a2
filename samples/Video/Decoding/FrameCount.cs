using BlueEdge.Samples.Video.Containers;

namespace BlueEdge.Samples.Video.Decoding;

/// <summary>Numbers the frames of one film after the other, and tells when each is shown.</summary>
internal sealed class FrameCount
{
    private long _begin;
    private long _end;

    /// <summary>How many frames there were.</summary>
    public long Frames { get; private set; }

    /// <summary>Begins a film: where the last one ended.</summary>
    public void BeginFilm() => _begin = _end;

    /// <summary>Counts a frame.</summary>
    /// <param name="fragment">The fragment that is the frame, in microseconds.</param>
    public FrameTimes Next(MovieFragment fragment)
    {
        var timestamp = _begin + fragment.Time;
        _end = timestamp + fragment.Duration;
        return new(Frames++, timestamp);
    }
}
