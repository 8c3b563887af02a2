using Orleans.Concurrency;

namespace BlueEdge.Operations;

/// <summary>Says of what the cluster consists now, and how it fares. Any key does; <see cref="Key"/> by custom.</summary>
[Alias("blueedge.system")]
public interface ISystemGrain : IGrainWithIntegerKey
{
    /// <summary>The key that callers use.</summary>
    const long Key = 0;

    /// <summary>Looks at the members, the store and the webhooks; what does not answer within 2 s is told as not answering.</summary>
    [Alias("read"), AlwaysInterleave]
    Task<SystemSnapshot> ReadAsync(CancellationToken cancellationToken);
}
