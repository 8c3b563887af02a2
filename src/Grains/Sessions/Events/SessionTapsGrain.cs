using System.Collections.Immutable;
using BlueEdge.Calls;
using BlueEdge.Sessions.Events;
using Orleans.Concurrency;
using Orleans.Metadata;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>Looks at what each member of the cluster says that it hosts, which is also what calls go by.</summary>
[GrainType("session-taps"), StatelessWorker]
internal sealed class SessionTapsGrain(IClusterManifestProvider manifests, SiloStopping silo, TimeProvider clock) : Grain, ISessionTapsGrain
{
    private static readonly GrainType Tap = GrainType.Create(SessionTapGrain.TypeName);

    public async Task<ImmutableArray<string>> FollowAsync(ImmutableArray<string> known, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(LongPoll.Turn(atMost), clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silo.Token, timeout.Token);
        var found = TapsOf(manifests.Current);
        try
        {
            if (found.SequenceEqual(known, StringComparer.Ordinal))
            {
                await foreach (var manifest in manifests.Updates.WithCancellation(patience.Token))
                {
                    found = TapsOf(manifest);
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

    private static ImmutableArray<string> TapsOf(ClusterManifest cluster) =>
        [.. cluster.Silos.Where(silo => silo.Value.Grains.ContainsKey(Tap)).Select(silo => SessionTapGrain.KeyOf(silo.Key)).Order(StringComparer.Ordinal)];
}
