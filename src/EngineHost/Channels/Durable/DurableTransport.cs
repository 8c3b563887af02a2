using System.Collections.Concurrent;
using BlueEdge.EngineHost.Channels.Direct;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace BlueEdge.EngineHost.Channels.Durable;

/// <summary>
/// Items go through Kafka, where they wait for a reader whose process or broker is away for a while. Room is asked for by
/// grain calls. Within a process items go straight.
/// </summary>
internal sealed partial class DurableTransport(
    DirectTransport direct,
    EngineInstances instances,
    MailboxPartitions partitions,
    MailboxCodec codec,
    EngineMetrics metrics,
    IClusterClient client,
    TimeProvider clock,
    ILogger<DurableTransport> logger) : IChannelTransport
{
    // Named when mailboxes were called inboxes, as are the grain's type, the topic and the leases: processes of former versions know them so.
    public const string StreamProvider = "blueedge-inboxes";
    public const string StreamNamespace = "blueedge-inbox";

    private static readonly TimeSpan ProbePeriod = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _probes = new();

    /// <summary>Leases a partition, and returns once what is written to it comes back.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await partitions.LeaseAsync(cancellationToken);
        var probe = Guid.NewGuid();
        var heard = _probes.GetOrAdd(probe, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        while (!heard.Task.IsCompleted)
        {
            await StreamOf(instances.All.First().Key).OnNextAsync(MailboxCodec.OfProbe(probe)).WaitAsync(cancellationToken);
            await Task.WhenAny(heard.Task, Task.Delay(ProbePeriod, clock, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public IChannelRoute RouteTo(ChannelEnd reader) => reader.Kind is not ChannelEndKind.Tap && instances.Find(reader.Instance) is null
        ? new DurableRoute(direct.RouteTo(reader), (deliveries, stopping) => PublishAsync(reader.Instance, deliveries, stopping))
        : direct.RouteTo(reader);

    /// <summary>
    /// What came on an instance's mailbox. A message that cannot be read is put aside, since it never could, and those behind it
    /// would wait for it; whoever misses what it held says so.
    /// </summary>
    public void Receive(string instance, ReadOnlyMemory<byte> message, long offset)
    {
        try
        {
            var (delivery, probe) = codec.Read(message);
            if (delivery is not null)
            {
                var reader = instances.Find(instance) ?? throw new BlueEdgeException($"Engine instance {instance} does not run in this process.");
                reader.Take(delivery);
            }
            else if (_probes.TryRemove(probe, out var heard))
            {
                heard.TrySetResult();
            }
        }
        catch (Exception error)
        {
            metrics.PutAside();
            LogPutAside(error, partitions.Mine, offset, instance);
        }
    }

    /// <summary>Writes deliveries to an instance's mailbox, in their order; tries again until they are there.</summary>
    private async Task PublishAsync(string instance, IReadOnlyList<ChannelDelivery> deliveries, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await partitions.FindAsync(instance);
                var stream = StreamOf(instance);
                await Task.WhenAll(deliveries.Select(delivery => stream.OnNextAsync(codec.Write(delivery)))).WaitAsync(cancellationToken);
                return;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // Readers drop what they have seen, and wait for what came too early.
                LogFailed(error, deliveries[0].Channel, deliveries[0].Reader, instance);
            }

            await Task.Delay(RetryDelay, clock, cancellationToken);
        }
    }

    private IAsyncStream<ReadOnlyMemory<byte>> StreamOf(string instance) =>
        client.GetStreamProvider(StreamProvider).GetStream<ReadOnlyMemory<byte>>(StreamId.Create(StreamNamespace, instance));

    [LoggerMessage(LogLevel.Error, "The message at offset {Offset} of partition {Partition} of the mailbox topic, for {Instance}, cannot be read and is put aside; it stays in the topic until that expires")]
    private partial void LogPutAside(Exception error, int partition, long offset, string instance);

    [LoggerMessage(LogLevel.Warning, "Channel {Channel}: items for {Reader} could not be written to the mailbox of {Instance}; it is tried again")]
    private partial void LogFailed(Exception error, string channel, SubSessionKey reader, string instance);
}
