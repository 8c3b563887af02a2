using BlueEdge.Bench.Parcels;
using Confluent.Kafka;

namespace BlueEdge.KafkaPeer;

/// <summary>The one producer of the process. A parcel that is not acknowledged ends it.</summary>
internal sealed class Sender(PeerTopic topic) : IDisposable
{
    private const int InFlightBytes = 32 * 1024 * 1024;

    private readonly IProducer<Null, byte[]> _producer = topic.CreateProducer();

    /// <summary>Writes what is ordered, with 32 MB under way at most; returns when all is acknowledged.</summary>
    public async Task SendAsync(int partition, ParcelOrder order)
    {
        var most = InFlightBytes / order.Bytes;
        using var room = new SemaphoreSlim(most);
        await order.WriteAsync(
            TimeProvider.System,
            async parcel =>
            {
                await room.WaitAsync();
                Produce(partition, parcel, () => room.Release());
            },
            CancellationToken.None);
        for (var acknowledged = 0; acknowledged < most; acknowledged++)
        {
            await room.WaitAsync();
        }
    }

    /// <summary>Writes a parcel that came.</summary>
    public void Pass(int partition, byte[] parcel) => Produce(partition, parcel, () => { });

    public void Dispose() => _producer.Dispose();

    private void Produce(int partition, byte[] parcel, Action onAcknowledged) => _producer.Produce(topic.Partition(partition), new() { Value = parcel }, report =>
    {
        if (report.Error.IsError)
        {
            Environment.FailFast(report.Error.Reason);
        }

        onAcknowledged();
    });
}
