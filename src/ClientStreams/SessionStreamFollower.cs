using BlueEdge.Sessions.Events;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace BlueEdge.ClientStreams;

/// <summary>
/// Follows the <see cref="SessionStreams"/>, and does what a subscriber has to do to hear everything: it tells what is new and
/// where something may be missing, and subscribes again, from the last event that was taken, where the stream went silent, for Orleans takes a subscriber off that it
/// could not reach for a moment. It takes nothing but what plain Orleans has.
/// </summary>
public sealed class SessionStreamFollower : IAsyncDisposable
{
    /// <summary>Four times as long as the stream is silent at most.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private const long Nowhere = -1;

    private readonly IAsyncStream<SessionStreamEvent> _stream;
    private readonly Func<SessionStreamItem, Task> _take;
    private readonly TimeProvider _clock;
    private readonly SessionStreamTracker _tracker;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private Subscription? _current;
    private StreamSubscriptionHandle<SessionStreamEvent>? _handle;
    private Task _renewing = Task.CompletedTask;
    private long _place;
    private long _heardAt;

    private SessionStreamFollower(IClusterClient client, Func<SessionStreamItem, Task> take, long? place, TimeProvider clock)
    {
        _stream = client.GetStreamProvider(SessionStreams.Provider).GetStream<SessionStreamEvent>(SessionStreams.Namespace, SessionStreams.Key);
        (_take, _place, _clock, _tracker) = (take, place ?? Nowhere, clock, new(place));
    }

    /// <summary>The last event that was taken, also where it was nothing to hand out: to be kept by who wants to go on from there. <see langword="null"/> before the first.</summary>
    public long? Place => Interlocked.Read(ref _place) is var place and not Nowhere ? place : null;

    /// <summary>Subscribes, and returns once the stream is heard, mostly within 5 s: what happens from then on is told, or that it is missing.</summary>
    /// <param name="client">A client of the cluster, to which <see cref="SessionStreamsHosting.AddSessionStream"/> was added.</param>
    /// <param name="take">
    /// Takes an item, one after the other. Where it throws, the item comes again for 10 s, and then is missing. It should be done within some seconds.
    /// </param>
    /// <param name="place">Where to go on, as <see cref="SessionStreamItem.Place"/> said; without, it begins with what happens next. The stream is kept for a day.</param>
    /// <param name="clock">Tells the time; the system's by default.</param>
    /// <param name="cancellationToken">Gives the start up: without a core silo that has a Kafka nothing is heard.</param>
    public static async Task<SessionStreamFollower> StartAsync(
        IClusterClient client, Func<SessionStreamItem, Task> take, long? place = null, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(take);
        SessionStreamFollower follower = new(client, take, place, clock ?? TimeProvider.System);
        try
        {
            await follower.SubscribeAsync().WaitAsync(cancellationToken);
            follower._renewing = follower.RenewAsync();
            await follower._heard.Task.WaitAsync(cancellationToken);
        }
        catch
        {
            await follower.DisposeAsync();
            throw;
        }

        return follower;
    }

    /// <summary>Unsubscribes. A process that ends without is forgotten by the silos after a minute or two.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _current = null;
        await TryUnsubscribeAsync(_handle);
        _ended.Dispose();
        _turn.Dispose();
    }

    private static async Task TryUnsubscribeAsync(StreamSubscriptionHandle<SessionStreamEvent>? handle)
    {
        // Silos forget a subscriber that is gone.
        if (handle is not null)
        {
            await handle.UnsubscribeAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            await Task.Delay(Silence / 4, _clock, _ended.Token);
            if (_clock.GetElapsedTime(Interlocked.Read(ref _heardAt)) > Silence)
            {
                // While no silo is there it fails, and is done again.
                await SubscribeAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Subscribes in the place of the subscription before, from the last event that was taken.</summary>
    private async Task SubscribeAsync()
    {
        var former = _handle;
        await _turn.WaitAsync();
        _current = new(this);
        Interlocked.Exchange(ref _heardAt, _clock.GetTimestamp());
        _turn.Release();
        _handle = await _stream.SubscribeAsync(_current, Place is { } place ? new EventSequenceTokenV2(place) : null);
        await TryUnsubscribeAsync(former);
    }

    private async Task TakeAsync(Subscription from, SessionStreamEvent next, long offset)
    {
        await _turn.WaitAsync();
        try
        {
            if (!ReferenceEquals(from, _current))
            {
                return;
            }

            Interlocked.Exchange(ref _heardAt, _clock.GetTimestamp());
            if (_tracker.Look(next, offset) is var step && (next.SessionId is not null || step.Missing is not SessionStreamLoss.None))
            {
                await _take(new(next, step, offset));
            }

            _tracker.Take(next, offset);
            Interlocked.Exchange(ref _place, offset);
            _heard.TrySetResult();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>One subscription: what comes by a former one is nothing to anybody.</summary>
    private sealed class Subscription(SessionStreamFollower follower) : IAsyncObserver<SessionStreamEvent>
    {
        public Task OnNextAsync(SessionStreamEvent item, StreamSequenceToken? token = null) =>
            follower.TakeAsync(this, item, token?.SequenceNumber ?? throw new InvalidOperationException("An event of a stream on Kafka has a token."));

        public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
    }
}
