using BlueEdge.Calls;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Engines;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;

namespace BlueEdge.EngineHost.Channels.Direct;

/// <summary>Deliveries to one instance: the reader itself answers each.</summary>
/// <param name="instance">The key of the instance's grain.</param>
/// <param name="local">The instance, where it is in this process.</param>
/// <param name="grains">Finds the grain.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Told of each failure.</param>
internal sealed partial class DirectRoute(
    string instance, EngineInstance? local, IGrainFactory grains, TimeProvider clock, ILogger<DirectRoute> logger) : IChannelRoute
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    public async ValueTask<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken)
    {
        if (local is not null)
        {
            return await local.DeliverAsync(delivery, cancellationToken);
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await grains.Find<IEngineInstanceGrain>(instance).DeliverAsync(delivery, CancellationToken.None).WaitAsync(cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // Where the instance is lost the session fails, which stops this writer too.
                LogFailed(error, delivery.Channel, delivery.Reader, instance);
            }

            await Task.Delay(RetryDelay, clock, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Channel {Channel}: a delivery to {Reader} on {Instance} failed; it is tried again")]
    private partial void LogFailed(Exception error, string channel, SubSessionKey reader, string instance);
}
