using BlueEdge.Engines;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Channels;

/// <summary>Deliveries as grain calls from instance to instance, and as plain calls within a process.</summary>
internal sealed partial class DirectTransport(
    EngineInstances instances, IGrainFactory grains, TimeProvider clock, ILogger<DirectTransport> logger) : IChannelTransport
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    public async ValueTask<DeliveryReply> DeliverAsync(string instance, ChannelDelivery delivery, CancellationToken cancellationToken)
    {
        if (instances.Find(instance) is { } local)
        {
            return await local.DeliverAsync(delivery, cancellationToken);
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await grains.GetGrain<IEngineInstanceGrain>(instance).DeliverAsync(delivery, CancellationToken.None).WaitAsync(cancellationToken);
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
    private partial void LogFailed(Exception error, string channel, Sessions.SubSessionKey reader, string instance);
}
