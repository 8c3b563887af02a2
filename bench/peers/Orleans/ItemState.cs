namespace BlueEdge.OrleansPeer;

[GenerateSerializer, Alias("peer.item")]
internal sealed class ItemState
{
    [Id(0)]
    public byte[] Item { get; set; } = [];
}
