namespace BlueEdge.Samples.Video.Encoding;

/// <summary>What a fragment says of itself in its attributes.</summary>
/// <param name="Fragment">Its number, from 0.</param>
/// <param name="Timestamp">That of its first frame, in microseconds.</param>
/// <param name="Duration">How long it is, in microseconds.</param>
/// <param name="Frames">How many frames it has.</param>
internal sealed record FragmentTimes(long Fragment, long Timestamp, long Duration, int Frames);
