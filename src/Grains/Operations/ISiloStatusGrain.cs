using Orleans.Concurrency;

namespace BlueEdge.Grains.Operations;

/// <summary>What one core silo alone knows; the key is <c>status/{silo}</c>.</summary>
[Alias("blueedge.silo-status")]
internal interface ISiloStatusGrain : IGrainWithStringKey
{
    /// <summary>Webhooks in its memory that have events to deliver, after a try that failed or took long.</summary>
    [Alias("webhooks-behind"), AlwaysInterleave]
    Task<long> CountWebhooksBehindAsync(CancellationToken cancellationToken);
}
