using System.Collections.Concurrent;
using BlueEdge.EngineHost.Channels;
using BlueEdge.Grains.Channels;

namespace BlueEdge.EngineHost.Tests.Channels;

/// <summary>Answers deliveries as a test says, and remembers them.</summary>
internal sealed class ScriptedTransport(Func<ChannelDelivery, ValueTask<DeliveryReply>> answer) : IChannelTransport, IChannelRoute
{
    public ConcurrentQueue<ChannelDelivery> Deliveries { get; } = new();

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IChannelRoute RouteTo(ChannelEnd reader) => this;

    public ValueTask<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken)
    {
        Deliveries.Enqueue(delivery);
        return answer(delivery);
    }

    /// <summary>All is taken, and there is room for so many more.</summary>
    public static DeliveryReply Taken(ChannelDelivery delivery, int credit = 1_000) =>
        new() { NextSequence = delivery.FirstSequence + delivery.Items.Length, CreditItems = credit, CreditBytes = long.MaxValue };

    public static DeliveryReply Gone() => new() { NextSequence = 0, CreditItems = 0, CreditBytes = 0, Gone = true };

    public static DeliveryReply NotYet(ChannelDelivery delivery) =>
        new() { NextSequence = delivery.FirstSequence, CreditItems = 0, CreditBytes = 0, NotYet = true };
}
