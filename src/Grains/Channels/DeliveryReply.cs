namespace BlueEdge.Grains.Channels;

/// <summary>A reader's answer to a delivery: how far it took the items, and how much more it has room for.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.delivery-reply")]
public readonly record struct DeliveryReply
{
    /// <summary>The sequence that the reader expects next from this producer; what lies before is taken.</summary>
    [Id(0)]
    public required long NextSequence { get; init; }

    /// <summary>Items the writer may send on; 0 says: ask again with an empty delivery, which answers once there is room.</summary>
    [Id(1)]
    public required int CreditItems { get; init; }

    /// <summary>Bytes the writer may send on. One item may exceed it, so that an item larger than the window still passes.</summary>
    [Id(2)]
    public required long CreditBytes { get; init; }

    /// <summary>Whether the reader is over, or never was in this epoch: the writer stops sending to it.</summary>
    [Id(3)]
    public bool Gone { get; init; }

    /// <summary>Whether the reader is not known here yet; the writer asks again.</summary>
    [Id(4)]
    public bool NotYet { get; init; }
}
