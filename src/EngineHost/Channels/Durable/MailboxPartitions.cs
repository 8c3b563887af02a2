using System.Collections.Concurrent;
using System.Text;
using BlueEdge.Grains.Engines;
using Streaming.Kafka;

namespace BlueEdge.EngineHost.Channels.Durable;

/// <summary>
/// Which partition carries whose mailbox. An instance's mailbox lies in the partition that its process has leased, which it keeps
/// as long as it lives; so what is known of a process stays true.
/// </summary>
internal sealed class MailboxPartitions(MailboxLeases leases, ILocalSiloDetails silo) : IKafkaPartitioner, IKafkaPartitionOwners
{
    private const int None = -1;
    private readonly ConcurrentDictionary<SiloAddress, int> _bySilo = new();
    private int _mine = None;

    /// <summary>The partition that this process has leased; -1 before.</summary>
    public int Mine => Volatile.Read(ref _mine);

    public event EventHandler? Changed;

    /// <summary>Leases a partition for this process; its messages are read from now on.</summary>
    public async Task LeaseAsync(CancellationToken cancellationToken)
    {
        if (_mine == None)
        {
            _mine = await leases.LeaseAsync(cancellationToken);
            _bySilo[silo.SiloAddress] = _mine;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>Makes sure that the partition of an instance's mailbox is known.</summary>
    /// <exception cref="BlueEdgeException">Its process has none.</exception>
    public async ValueTask FindAsync(string instance)
    {
        var owner = EngineInstanceKey.Parse(instance).Silo;
        if (_bySilo.ContainsKey(owner))
        {
            return;
        }

        foreach (var (partition, each) in await leases.ReadAsync())
        {
            _bySilo[each] = partition;
        }

        if (!_bySilo.ContainsKey(owner))
        {
            throw new BlueEdgeException($"The process of engine instance {instance} has no mailbox: it is gone, or its channels are not durable. Configure BlueEdge:Channels:Transport alike everywhere.");
        }
    }

    public int GetPartition(StreamId stream, int partitionCount) =>
        _bySilo.GetValueOrDefault(EngineInstanceKey.Parse(Encoding.UTF8.GetString(stream.Key.Span)).Silo, None);

    public SiloAddress? GetOwner(int partition) => partition == Mine ? silo.SiloAddress : null;
}
