using BlueEdge.EngineHost.Channels.Taps;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Results;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.EngineHost.Channels;

/// <summary>Opens the outputs of this process's runs.</summary>
internal sealed class ChannelWriters(
    IChannelTransport transport, IResultStore results, ChannelTaps taps, IOptions<EngineHostOptions> options, TimeProvider clock, ILogger<ChannelWriter> logger)
{
    public ChannelWriter Open(OutputLink link, SubSessionKey producer, int epoch, CancellationToken stopping) =>
        new(link, producer, epoch, transport, results, options.Value.WindowItems, options.Value.WindowBytes, clock, logger, stopping, taps);
}
