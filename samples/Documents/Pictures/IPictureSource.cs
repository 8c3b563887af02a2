namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>One way to decode pictures: a file that is open, of which nothing is decoded yet.</summary>
internal interface IPictureSource : IDisposable
{
    /// <summary>How many pictures the file holds, at least one.</summary>
    int Frames { get; }

    /// <summary>Decodes one picture, upright; frames are asked for in order.</summary>
    /// <exception cref="DocumentException">The picture is too large, or has no pixels that can be had.</exception>
    Picture Decode(int frame);
}
