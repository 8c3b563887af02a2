using BlueEdge.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Placement;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using Orleans.Concurrency;
using Orleans.GrainDirectory;
using Orleans.Placement;

namespace BlueEdge.EngineHost.Engines;

/// <summary>An engine instance as others reach it: it lives where its key says, and hands on to the instance in this process.</summary>
[GrainType("engine-instance"), Reentrant, PinnedToSilo, GrainDirectory(EngineGrain.Directory), Immovable, KeepAlive]
internal sealed class EngineInstanceGrain(EngineInstances instances) : Grain, IEngineInstanceGrain
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

    public Task StopAloneAsync(SubSessionKey key, int epoch, string reason, CancellationToken cancellationToken)
    {
        Instance.StopAlone(key, epoch, reason);
        return Task.CompletedTask;
    }

    public Task<TapPlace> TapAsync(TapOrder order, CancellationToken cancellationToken) => Instance.TapAsync(order, cancellationToken);
}
