using System.Collections.Concurrent;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.EngineHost.Channels.Taps;

/// <summary>The ways from this process's writers to those who listen. One stays here after its writer's end until all has been sent.</summary>
internal sealed class ChannelTaps(IChannelTransport transport, IOptions<TapOptions> options, TimeProvider clock, ILogger<TapLink> logger)
{
    private readonly ConcurrentDictionary<(SubSessionKey Writer, int Epoch, string Channel), TapLink> _links = new();

    /// <summary>Makes the way of one writer's items.</summary>
    /// <param name="tap">Where they go.</param>
    /// <param name="link">The channel.</param>
    /// <param name="writer">The writer.</param>
    /// <param name="epoch">Its attempt.</param>
    /// <param name="first">The number of the first item.</param>
    public TapLink Open(ChannelEnd tap, OutputLink link, SubSessionKey writer, int epoch, long first)
    {
        var outline = ChannelDelivery.ToTap(tap, writer, epoch, link.Channel, first);
        var key = (writer, epoch, link.Channel);
        var opened = new TapLink(transport.RouteTo(tap), outline, options.Value, clock, logger, over => _links.TryRemove(new(key, over)));
        _links[key] = opened;
        return opened;
    }

    /// <summary>The way of a writer's items, where it is not over.</summary>
    public TapLink? Find(TapOrder order) => _links.GetValueOrDefault((order.Writer, order.Epoch, order.Channel));
}
