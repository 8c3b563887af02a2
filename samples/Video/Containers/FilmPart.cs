namespace BlueEdge.Samples.Video.Containers;

/// <summary>Bytes of one film.</summary>
/// <param name="Bytes">They are the given ones, where that can be.</param>
/// <param name="Begins">Whether a film begins with them.</param>
internal readonly record struct FilmPart(ReadOnlyMemory<byte> Bytes, bool Begins);
