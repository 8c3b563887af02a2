using BlueEdge.Storage;

namespace BlueEdge.Grains.Channels;

/// <summary>Keeps which silo reads which partition of a topic of mailboxes.</summary>
/// <remarks>Every member throws <see cref="StoreUnavailableException"/> where the store does not answer, or takes no writes.</remarks>
public interface IMailboxLeaseStore
{
    /// <summary>The owners of the partitions that have one.</summary>
    Task<IReadOnlyDictionary<int, SiloAddress>> ReadAsync(string topic);

    /// <summary>Gives a partition to a silo, if it still is whose it was.</summary>
    Task<bool> TakeAsync(string topic, int partition, SiloAddress? from, SiloAddress to);
}
