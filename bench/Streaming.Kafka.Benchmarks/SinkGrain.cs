using Orleans.Streams;
using Orleans.Streams.Core;

namespace Streaming.Kafka;

[ImplicitStreamSubscription(Namespace)]
internal sealed class SinkGrain : Grain, ISinkGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<ReadOnlyMemory<byte>>
{
    public const string Namespace = "sink";

    public static Arrivals Arrivals { get; } = new();

    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        await handleFactory.Create<ReadOnlyMemory<byte>>().ResumeAsync(this);

    public Task OnNextAsync(IList<SequentialItem<ReadOnlyMemory<byte>>> items)
    {
        foreach (var item in items)
        {
            Arrivals.Add(item.Item.Span);
        }

        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
