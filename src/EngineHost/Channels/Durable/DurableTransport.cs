using System.Collections.Concurrent;
using BlueEdge.Channels.Direct;
using BlueEdge.Engines;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace BlueEdge.Channels.Durable;

/// <summary>
/// Items go through Kafka, where they wait for a reader whose process or broker is away for a while. Room is asked for by
/// grain calls. Within a process items go straight.
/// </summary>
internal sealed partial class DurableTransport(
    DirectTransport direct,
    EngineInstances instances,
    InboxPartitions partitions,
    InboxEnvelope envelope,
    IClusterClient client,
    TimeProvider clock,
    ILogger<DurableTransport> logger) : IChannelTransport
{
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
            await StreamOf(instances.All.First().Key).OnNextAsync(InboxEnvelope.OfProbe(probe)).WaitAsync(cancellationToken);
            await Task.WhenAny(heard.Task, Task.Delay(ProbePeriod, clock, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public IChannelRoute RouteTo(string instance) => instances.Find(instance) is null
        ? new DurableRoute(direct.RouteTo(instance), (deliveries, stopping) => PublishAsync(instance, deliveries, stopping))
        : direct.RouteTo(instance);

    /// <summary>What came on an instance's inbox.</summary>
    public void Receive(EngineInstance instance, ReadOnlyMemory<byte> message)
    {
        var (delivery, probe) = envelope.Read(message);
        if (delivery is not null)
        {
            instance.Take(delivery);
        }
        else if (_probes.TryRemove(probe, out var heard))
        {
            heard.TrySetResult();
        }
    }

    /// <summary>Writes deliveries to an instance's inbox, in their order; tries again until they are there.</summary>
    private async Task PublishAsync(string instance, IReadOnlyList<ChannelDelivery> deliveries, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await partitions.FindAsync(instance);
                var stream = StreamOf(instance);
                await Task.WhenAll(deliveries.Select(delivery => stream.OnNextAsync(envelope.Write(delivery)))).WaitAsync(cancellationToken);
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

    [LoggerMessage(LogLevel.Warning, "Channel {Channel}: items for {Reader} could not be written to the inbox of {Instance}; it is tried again")]
    private partial void LogFailed(Exception error, string channel, Sessions.SubSessionKey reader, string instance);
}
