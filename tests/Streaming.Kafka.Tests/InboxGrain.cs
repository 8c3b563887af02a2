using Orleans.Streams;
using Orleans.Streams.Core;

namespace Streaming.Kafka;

[ImplicitStreamSubscription(Namespace)]
internal sealed class InboxGrain : Grain, IInboxGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<ReadOnlyMemory<byte>>
{
    public const string Namespace = "inbox";

    private InboxProbe Probe => InboxProbe.Of(this.GetPrimaryKeyString());

    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        await handleFactory.Create<ReadOnlyMemory<byte>>().ResumeAsync(this, Probe.StartToken);

    public Task OnNextAsync(IList<SequentialItem<ReadOnlyMemory<byte>>> items) => Probe.ReceiveAsync(items);

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Probe.Deactivated.TrySetResult();
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
