using System.Collections.Immutable;
using BlueEdge.Samples.Video.Containers;

namespace BlueEdge.Samples.Video.Processes;

/// <summary>What one ffmpeg is to do.</summary>
internal sealed record FfmpegOrder
{
    /// <summary>What messages call the film.</summary>
    public required string Film { get; init; }

    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>Reads all that it gives.</summary>
    public required Func<BoxReader, CancellationToken, Task> Read { get; init; }

    /// <summary>Told once, at once, where it did not do its work.</summary>
    public required Func<string, Task> OnFailure { get; init; }
}
