namespace BlueEdge.Samples.Video.Containers;

/// <summary>What films are packed in.</summary>
internal enum FilmKind
{
    /// <summary>MP4 (ISO/IEC 14496-12).</summary>
    Mp4,

    /// <summary>MPEG-TS (ISO/IEC 13818-1).</summary>
    TransportStream,
}
