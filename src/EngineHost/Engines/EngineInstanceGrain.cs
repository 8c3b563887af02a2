using BlueEdge.Channels;
using BlueEdge.Channels.Durable;
using BlueEdge.Placement;
using BlueEdge.Sessions;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace BlueEdge.Engines;

/// <summary>An engine instance as others reach it: it lives where its key says, and hands on to the instance in this process.</summary>
[GrainType("engine-instance"), Reentrant, PinnedToSilo, Immovable, KeepAlive, ImplicitStreamSubscription(DurableTransport.StreamNamespace)]
internal sealed class EngineInstanceGrain(EngineInstances instances, IChannelTransport transport)
    : Grain, IEngineInstanceGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<ReadOnlyMemory<byte>>
{
    private EngineInstance Instance => instances.Find(this.GetPrimaryKeyString())
        ?? throw new BlueEdgeException($"Engine instance {this.GetPrimaryKeyString()} does not run in this process: its engine is not registered here.");

    public Task<SubSessionReport> StartAsync(SubSessionStart start, CancellationToken cancellationToken) => Instance.StartAsync(start);

    public Task<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken) =>
        Instance.DeliverAsync(delivery, cancellationToken).AsTask();

    public Task StopAsync(SubSessionKey key, int epoch, string reason, CancellationToken cancellationToken)
    {
        Instance.Stop(key, epoch, reason);
        return Task.CompletedTask;
    }

    /// <summary>Follows the instance's inbox.</summary>
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<ReadOnlyMemory<byte>>().ResumeAsync(this);

    /// <summary>Items from the inbox: they only change places here, so that nothing holds up the next.</summary>
    public Task OnNextAsync(IList<SequentialItem<ReadOnlyMemory<byte>>> items)
    {
        if (transport is DurableTransport durable)
        {
            foreach (var item in items)
            {
                durable.Receive(Instance, item.Item);
            }
        }

        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
