namespace BlueEdge.Samples.Video.Decoding;

/// <summary>What a frame says of itself in its attributes.</summary>
/// <param name="Frame">Its number among all frames of the node, from 0.</param>
/// <param name="Timestamp">When it is shown, in microseconds from the begin of the first film; the next film goes on where the last one ended.</param>
internal sealed record FrameTimes(long Frame, long Timestamp);
