using System.Collections.Concurrent;
using System.Threading.Channels;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Streaming.Kafka;

[ImplicitStreamSubscription(Namespace)]
internal sealed class OrderGrain : Grain, IOrderGrain, IStreamSubscriptionObserver, IAsyncObserver<Order>
{
    public const string Namespace = "orders";
    private static readonly ConcurrentDictionary<string, Channel<(Order Order, string? Tenant)>> Received = [];

    public static ChannelReader<(Order Order, string? Tenant)> ReceivedBy(string key) => Of(key).Reader;

    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => await handleFactory.Create<Order>().ResumeAsync(this);

    public Task OnNextAsync(Order item, StreamSequenceToken? token = null)
    {
        Of(this.GetPrimaryKeyString()).Writer.TryWrite((item, (string?)RequestContext.Get("tenant")));
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    private static Channel<(Order Order, string? Tenant)> Of(string key) => Received.GetOrAdd(key, _ => Channel.CreateUnbounded<(Order, string?)>());
}
