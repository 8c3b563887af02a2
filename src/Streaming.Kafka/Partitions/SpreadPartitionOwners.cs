using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Streaming.Kafka.Partitions;

/// <summary>
/// Spreads the partitions evenly over the silos that host the provider, so that a silo which comes or goes moves few: each
/// partition goes to the silo that scores highest for it (rendezvous hashing) and is not full.
/// </summary>
internal sealed class SpreadPartitionOwners : IKafkaPartitionOwners, IDisposable
{
    private readonly string _provider;
    private readonly int _partitionCount;
    private readonly IClusterManifestProvider _manifests;
    private readonly IClusterMembershipService _membership;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _updating = new();
    private ImmutableArray<SiloAddress> _owners;

    public SpreadPartitionOwners(string provider, int partitionCount, IClusterManifestProvider manifests, IClusterMembershipService membership)
    {
        (_provider, _partitionCount, _manifests, _membership) = (provider, partitionCount, manifests, membership);
        _owners = [];
        using (ExecutionContext.SuppressFlow())
        {
            _ = FollowAsync(manifests.Updates);
            _ = FollowAsync(membership.MembershipUpdates);
        }
    }

    public event EventHandler? Changed;

    public SiloAddress? GetOwner(int partition) => partition < _owners.Length ? _owners[partition] : null;

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>The owner of each partition. The order of the silos makes no difference.</summary>
    internal static ImmutableArray<SiloAddress> Spread(int partitionCount, IReadOnlyCollection<SiloAddress> silos)
    {
        if (silos.Count == 0)
        {
            return [];
        }

        var room = silos.ToDictionary(silo => silo, _ => (partitionCount + silos.Count - 1) / silos.Count);
        var owners = ImmutableArray.CreateBuilder<SiloAddress>(partitionCount);
        for (var partition = 0; partition < partitionCount; partition++)
        {
            var owner = room.Where(each => each.Value > 0).MaxBy(each => (Score(partition, each.Key), each.Key)).Key;
            room[owner]--;
            owners.Add(owner);
        }

        return owners.MoveToImmutable();
    }

    private static uint Score(int partition, SiloAddress silo)
    {
        Span<int> number = [partition, silo.GetConsistentHashCode()];
        return HashPartitioner.Hash(MemoryMarshal.AsBytes(number)) * 2654435761u;
    }

    private async Task FollowAsync<T>(IAsyncEnumerable<T> updates)
    {
        var stopping = _stopping.Token;
        try
        {
            await foreach (var _ in updates.WithCancellation(stopping).ConfigureAwait(false))
            {
                Update();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo ends.
        }
    }

    private void Update()
    {
        bool isChanged;
        lock (_updating)
        {
            // Computed and set in one, or the older of two answers might stay.
            var owners = Spread(_partitionCount, Hosts());
            isChanged = !owners.SequenceEqual(_owners);
            _owners = owners;
        }

        if (isChanged)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    private List<SiloAddress> Hosts()
    {
        var active = _membership.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress).ToHashSet();
        return [.. _manifests.Current.Silos
            .Where(silo => active.Contains(silo.Key) && ProviderMark.IsHosted(_provider, silo.Value))
            .Select(silo => silo.Key)];
    }
}
