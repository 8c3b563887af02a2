namespace BlueEdge.OrleansPeer;

[Alias("peer.session")]
internal interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Stores the request, and passes it through three relays.</summary>
    [Alias("RunAsync")]
    Task<byte[]> RunAsync(byte[] request);
}
