namespace BlueEdge.Gateway.Sockets.Frames;

/// <summary>What a frame says of its item.</summary>
[Flags]
internal enum FrameFlags : byte
{
    /// <summary>The frame ends its item.</summary>
    None = 0,

    /// <summary>The item's next bytes come in the channel's next frame.</summary>
    More = 1,

    /// <summary>The content is not here: the metadata names it.</summary>
    Reference = 2,
}
