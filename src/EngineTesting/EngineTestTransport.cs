using BlueEdge.EngineHost.Channels;
using BlueEdge.Grains.Channels;

namespace BlueEdge.Testing;

/// <summary>Brings what an engine under test writes to the outputs that the test reads. A channel is named after its port.</summary>
internal sealed class EngineTestTransport(IReadOnlyDictionary<string, EngineTestOutput> outputs) : IChannelTransport, IChannelRoute
{
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IChannelRoute RouteTo(ChannelEnd reader) => this;

    public ValueTask<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(outputs[delivery.Channel].Accept(delivery));
    }
}
