using System.Collections.Immutable;
using BlueEdge.Calls;
using BlueEdge.Sessions.Events;
using Orleans.Concurrency;
using Orleans.Metadata;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>Looks at what each member of the cluster says that it hosts, which is also what calls go by.</summary>
[GrainType("silo-news-list"), StatelessWorker]
internal sealed class SiloNewsListGrain(IClusterManifestProvider manifests, SiloStopping silo, TimeProvider clock) : Grain, ISiloNewsListGrain
{
    public async Task<ImmutableArray<string>> FollowAsync(ImmutableArray<string> known, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(LongPoll.Turn(atMost), clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silo.Token, timeout.Token);
        var found = NewsOf(manifests.Current);
        try
        {
            if (found.SequenceEqual(known, StringComparer.Ordinal))
            {
                await foreach (var manifest in manifests.Updates.WithCancellation(patience.Token))
                {
                    found = NewsOf(manifest);
                    if (!found.SequenceEqual(known, StringComparer.Ordinal))
                    {
                        break;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // They are the same.
        }

        return found;
    }

    private static ImmutableArray<string> NewsOf(ClusterManifest cluster) =>
        [.. SessionSilos.In(cluster).Select(SiloNewsGrain.KeyOf).Order(StringComparer.Ordinal)];
}
