namespace BlueEdge.Samples.Documents.Detection;

/// <summary>What another row shows where a gap is.</summary>
internal enum GapKind
{
    /// <summary>Nothing, at least on one side: a short line tells nothing.</summary>
    Unknown,

    /// <summary>Text runs across it.</summary>
    Crossed,

    /// <summary>It has its gap there too.</summary>
    Kept,
}
