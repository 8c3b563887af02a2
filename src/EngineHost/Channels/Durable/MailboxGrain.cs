using BlueEdge.Engines;
using BlueEdge.Grains.Placement;
using Orleans.Concurrency;
using Orleans.GrainDirectory;
using Orleans.Placement;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace BlueEdge.EngineHost.Channels.Durable;

/// <summary>
/// Reads the mailbox of one engine instance, whose key it has, in that instance's process. Items only change places here, so that
/// nothing holds up the next.
/// </summary>
[GrainType("inbox"), Reentrant, PinnedToSilo, GrainDirectory(EngineGrain.Directory), Immovable, KeepAlive, ImplicitStreamSubscription(DurableTransport.StreamNamespace)]
internal sealed class MailboxGrain(DurableTransport transport)
    : Grain, IGrainWithStringKey, IStreamSubscriptionObserver, IAsyncBatchObserver<ReadOnlyMemory<byte>>
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<ReadOnlyMemory<byte>>().ResumeAsync(this);

    public Task OnNextAsync(IList<SequentialItem<ReadOnlyMemory<byte>>> items)
    {
        foreach (var item in items)
        {
            transport.Receive(this.GetPrimaryKeyString(), item.Item, item.Token.SequenceNumber);
        }

        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
