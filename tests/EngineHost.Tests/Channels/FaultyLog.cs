using BlueEdge.EngineHost.Channels;
using BlueEdge.EngineHost.Channels.Durable;
using BlueEdge.Grains.Channels;

namespace BlueEdge.EngineHost.Tests.Channels;

/// <summary>
/// A log for each inbox, read as one is whose readers crash and whose owner changes: late, and from an earlier place again.
/// Questions are answered at once.
/// </summary>
internal sealed class FaultyLog(IReadOnlyDictionary<string, Inbox> inboxes, int seed) : IChannelTransport, IChannelRoute
{
    private const int LongestRewind = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.2);
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();
    private readonly List<ChannelDelivery> _log = [];
    private bool _reading;
    private int _read;

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IChannelRoute RouteTo(ChannelEnd reader) => new DurableRoute(this, PublishAsync);

    public async ValueTask<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        return await inboxes[delivery.Reader.Node].AcceptWithRoomAsync(delivery, patience.Token);
    }

    private async Task PublishAsync(IReadOnlyList<ChannelDelivery> deliveries, CancellationToken cancellationToken)
    {
        await Task.Yield();
        lock (_lock)
        {
            // A broker that answered too late has it twice.
            for (var copies = _random.Next(5) == 0 ? 2 : 1; copies > 0; copies--)
            {
                _log.AddRange(deliveries);
            }

            if (_reading)
            {
                return;
            }

            _reading = true;
        }

        _ = ReadAsync();
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            ChannelDelivery delivery;
            int wait;
            lock (_lock)
            {
                if (_random.Next(10) == 0)
                {
                    _read = Math.Max(0, _read - _random.Next(LongestRewind));
                }

                if (_read == _log.Count)
                {
                    _reading = false;
                    return;
                }

                delivery = _log[_read++];
                wait = _random.Next(3);
            }

            for (; wait > 0; wait--)
            {
                await Task.Yield();
            }

            inboxes[delivery.Reader.Node].Take(delivery);
        }
    }
}
