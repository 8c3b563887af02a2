using System.Collections.Immutable;
using BlueEdge.Calls;
using BlueEdge.Channels;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Channels.Taps;

/// <summary>
/// The way of one writer's items to those who listen to its channel. It makes nobody wait: what does not fit while a delivery is under way
/// is let go, the oldest first, and its numbers tell that it was there. One delivery is under way at a time, off the writer's own work.
/// </summary>
/// <param name="route">Brings deliveries to the tap.</param>
/// <param name="outline">What all of them have in common, and the first item's number.</param>
/// <param name="options">How much waits at most.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Told of failures.</param>
/// <param name="whenOver">Called when nothing is sent any more.</param>
public sealed partial class TapLink(
    IChannelRoute route, ChannelDelivery outline, TapOptions options, TimeProvider clock, ILogger logger, Action<TapLink>? whenOver = null)
{
    /// <summary>A delivery has at least one item, and no more once it has so many bytes.</summary>
    private const int DeliveryBytes = 1024 * 1024;

    /// <summary>How long what is left is tried to be sent once the writer has ended.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(15);
    private static readonly Backoff Retries = new(First: TimeSpan.FromMilliseconds(100), Longest: TimeSpan.FromSeconds(2));

    private readonly Lock _gate = new();
    private readonly Queue<Payload> _unsettled = new();
    private long _first = outline.FirstSequence;
    private long _sent = outline.FirstSequence;
    private long _bytes;
    private Guid? _ring;
    private long _ringFirst;
    private DateTimeOffset? _ended;
    private bool _sending;

    /// <summary>Whether nothing is sent any more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Hands an item over.</summary>
    public void Write(Payload payload)
    {
        lock (_gate)
        {
            if (!IsOver)
            {
                _unsettled.Enqueue(payload);
                _bytes += payload.Weight;
                while (_unsettled.Count > options.Items || (_bytes > options.Bytes && _unsettled.Count > 1))
                {
                    Drop();
                }

                Send();
            }
        }
    }

    /// <summary>Says that the writer has ended; what is left is sent.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended ??= clock.GetUtcNow();
            if (_ring is null && _unsettled.Count == 0)
            {
                // Nobody has asked for it, and there is nothing to tell.
                Close();
            }

            Send();
        }
    }

    /// <summary>
    /// Sends to that tap from here on, and nothing before it is known. What was sent to a former one is not sent again, for listeners
    /// may have heard it. Asking again for the same changes nothing.
    /// </summary>
    /// <returns>The number of the first item that the tap gets.</returns>
    public long Restart(Guid ring)
    {
        lock (_gate)
        {
            if (_ring != ring)
            {
                while (_first < _sent)
                {
                    Drop();
                }

                (_ring, _ringFirst) = (ring, _first);
                Send();
            }

            return _ringFirst;
        }
    }

    private void Drop()
    {
        _bytes -= _unsettled.TryDequeue(out var payload) ? payload.Weight : 0;
        _first++;
    }

    /// <summary>Begins to send, unless that is under way: on no engine's scheduler, which may be busy or over. Called under the gate.</summary>
    private void Send()
    {
        if (!_sending && HasWork)
        {
            _sending = true;
            _ = Task.Factory.StartNew(SendAllAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
    }

    private bool HasWork => !IsOver && (_unsettled.Count > 0 || _ended is not null);

    private async Task SendAllAsync()
    {
        for (var failures = 0; Take() is { } next;)
        {
            DeliveryReply? reply = null;
            try
            {
                reply = await route.DeliverAsync(next.Delivery, CancellationToken.None);
            }
            catch (Exception error)
            {
                LogFailed(error, outline.Channel, outline.Producer, outline.Reader.SessionId);
            }

            failures = Settle(next, reply) ? 0 : failures + 1;
            if (failures > 0)
            {
                await Retries.PauseAsync(failures, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>The next delivery; without items where no tap has asked for them yet, which has it ask.</summary>
    private (ChannelDelivery Delivery, Guid? Ring, long SentBefore)? Take()
    {
        lock (_gate)
        {
            if (!HasWork)
            {
                _sending = false;
                return null;
            }

            var items = ImmutableArray.CreateBuilder<Payload>();
            var bytes = 0L;
            foreach (var payload in _unsettled)
            {
                bytes += payload.Weight;
                if (_ring is null || (items.Count > 0 && bytes > DeliveryBytes))
                {
                    break;
                }

                items.Add(payload);
            }

            var (before, ends) = (_sent, _ended is not null && items.Count == _unsettled.Count);
            _sent = Math.Max(_sent, _first + items.Count);
            return (outline with { FirstSequence = _first, Items = items.DrainToImmutable(), Ended = ends }, _ring, before);
        }
    }

    /// <summary>Takes in an answer; <see langword="null"/> where there was none.</summary>
    /// <returns>Whether to go on at once.</returns>
    private bool Settle((ChannelDelivery Delivery, Guid? Ring, long SentBefore) sent, DeliveryReply? answer)
    {
        lock (_gate)
        {
            if (answer is not null && _ring != sent.Ring)
            {
                // Another tap has taken its place meanwhile, or the first has asked.
                return true;
            }

            if (answer is { NotYet: true } && _ring is not null)
            {
                // Another has taken the tap's place, and has not asked yet: these items it did not take.
                (_ring, _sent) = (null, sent.SentBefore);
                return true;
            }

            if (answer is { NotYet: false } reply)
            {
                while (!reply.Gone && _first < reply.NextSequence && _unsettled.Count > 0)
                {
                    Drop();
                }

                if (reply.Gone || (sent.Delivery.Ended && _unsettled.Count == 0))
                {
                    Close();
                    return true;
                }

                if (_ring is not null)
                {
                    return true;
                }
            }

            if (_ended + LastWords < clock.GetUtcNow())
            {
                Close();
            }

            return false;
        }
    }

    private void Close()
    {
        IsOver = true;
        _unsettled.Clear();
        _bytes = 0;
        whenOver?.Invoke(this);
    }

    [LoggerMessage(LogLevel.Warning, "Channel {Channel}: what {Producer} of session {SessionId} wrote did not reach those who listen; it is tried again")]
    private partial void LogFailed(Exception error, string channel, string producer, string sessionId);
}
