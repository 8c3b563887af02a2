namespace BlueEdge.Samples.Video.Encoding;

/// <summary>What frames are given as.</summary>
internal enum PictureKind
{
    Jpeg,

    Png,
}
