namespace BlueEdge.OrleansPeer;

[Alias("peer.relay")]
internal interface IRelayGrain : IGrainWithStringKey
{
    /// <summary>Stores the item, and returns it.</summary>
    [Alias("RelayAsync")]
    Task<byte[]> RelayAsync(byte[] item);
}
