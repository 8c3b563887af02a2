using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels;
using BlueEdge.Grains.Channels;

namespace BlueEdge.EngineHost.Trials;

/// <summary>Hands over what an engine on trial writes, each item once. A channel is named after its port.</summary>
internal sealed class TrialTransport(Action<string, ImmutableArray<Payload>, bool> onWritten) : IChannelTransport, IChannelRoute
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _next = new(StringComparer.Ordinal);

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IChannelRoute RouteTo(ChannelEnd reader) => this;

    public ValueTask<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long next;
        lock (_lock)
        {
            var known = _next.GetValueOrDefault(delivery.Channel);
            ImmutableArray<Payload> items = [.. delivery.Items.Skip((int)(known - delivery.FirstSequence))];
            _next[delivery.Channel] = next = known + items.Length;
            onWritten(delivery.Channel, items, delivery.Ended);
        }

        return new(new DeliveryReply { NextSequence = next, CreditItems = int.MaxValue, CreditBytes = long.MaxValue });
    }
}
