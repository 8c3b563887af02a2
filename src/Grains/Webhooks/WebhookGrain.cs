using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Grains.Storage;
using BlueEdge.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Core;
using Orleans.Placement;
using Orleans.Storage;

namespace BlueEdge.Grains.Webhooks;

/// <summary>
/// Delivers events, one after the other. While the receiver answers in time it stores nothing: who brings events brings them again
/// until they are delivered, and stores what became of them with the session. Once that takes long or fails it writes down how far it
/// has come, reads the session's own events from there on, and has a reminder wake it. Here its parts are put together, all of which
/// run on the grain's scheduler, and calls come in.
/// </summary>
[GrainType("webhook"), Reentrant, PreferLocalPlacement]
internal sealed class WebhookGrain : Grain, IWebhookGrain, IRemindable
{
    /// <summary>How long those who bring events wait for them to be delivered, and other webhooks of the session with them: once, until it is behind.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>The same where others wait for that receiver already: if it is dead, all that wait for it waste their time.</summary>
    private static readonly TimeSpan PatienceInACrowd = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _clock;
    private readonly TimeSpan _longestRest;
    private readonly ActiveWebhook _webhook;
    private readonly WebhookBacklog _backlog;
    private readonly WebhookAlarm _alarm;
    private readonly WebhookDeliverer _deliverer;
    private readonly WebhookReads _reads;
    private readonly WebhookSender _sender;
    private Task? _loading;

    /// <summary>Reads nothing yet: of a webhook that was never called there is nothing to read.</summary>
    public WebhookGrain(
        [FromKeyedServices(ExpiringStates.Name)] IGrainStorage storage,
        WebhookSender sender,
        ISessionStore sessions,
        WebhookMetrics metrics,
        IGrainRuntime runtime,
        IOptions<WebhookOptions> options,
        IOptions<SessionOptions> sessionOptions,
        TimeProvider clock,
        ILogger<WebhookGrain> logger)
    {
        _clock = clock;
        _sender = sender;
        _longestRest = options.Value.LongestPause > WebhookTransitions.LongestRetryAfter ? options.Value.LongestPause : WebhookTransitions.LongestRetryAfter;
        _webhook = new(this.GetPrimaryKeyString(), new StateStorageBridge<WebhookState>("webhook", GrainContext, storage), metrics, logger);
        _backlog = new(_webhook, sessions);
        _alarm = new(this, runtime, clock);
        _deliverer = new(_webhook, _backlog, _alarm, sender, this, metrics, options, sessionOptions, clock, logger);
        _reads = new(_webhook, _backlog, _deliverer, sender, clock);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _webhook.DeactivateAsync();

    public async Task<WebhookState?> TakeAsync(WebhookNews news, CancellationToken cancellationToken)
    {
        _loading ??= news.IsFirst ? Task.CompletedTask : null;
        await LoadAsync();
        _webhook.IsKeptBySession = news.IsKeptBySession;
        _backlog.Accept(news);
        if (!_webhook.State.IsBehind)
        {
            await TryAsync(news.UpTo);
        }

        if (_webhook.State.Done < news.UpTo)
        {
            // Whoever brought them is free of them.
            await _deliverer.FallBehindAsync(news.Events is [.., var last] && last.IsEnd() ? last.At : null);
            _ = _deliverer.DeliverSafelyAsync();
        }

        return _webhook.HandOver();
    }

    public async Task<WebhookSnapshot?> ReadAsync(DateTimeOffset submittedAt, CancellationToken cancellationToken)
    {
        await LoadAsync();
        return await _reads.ReadAsync(submittedAt);
    }

    public async Task<WebhookDelivery?> RedeliverAsync(DeliveryId id, CancellationToken cancellationToken)
    {
        await LoadAsync();
        return await _reads.RedeliverAsync(id, cancellationToken);
    }

    /// <summary>Wakes it where it was not in memory.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await LoadAsync();
        _alarm.IsSet = true;
        await _deliverer.DeliverSafelyAsync();
        if (!_webhook.State.IsBehind)
        {
            await _alarm.ForgetAsync();
        }
    }

    /// <summary>Reads what is stored, unless that is done; tried again by whoever calls next where the store did not let it.</summary>
    private Task LoadAsync() => _loading is null or { IsCompleted: true, IsCompletedSuccessfully: false } ? _loading = ReadStateAsync() : _loading;

    private async Task ReadStateAsync()
    {
        await _webhook.LoadAsync();
        _webhook.Change(state => state.RestFor(_longestRest, _clock.GetUtcNow()));
        _alarm.IsSet = _webhook.State.IsBehind;
    }

    /// <summary>Delivers what was brought, unless that takes too long.</summary>
    private async Task TryAsync(long upTo)
    {
        using var patience = new CancellationTokenSource(_sender.IsCrowded(_webhook.State.Webhook!) ? PatienceInACrowd : Patience, _clock); // It was brought with one.
        var timeout = Task.Delay(Timeout.InfiniteTimeSpan, _clock, patience.Token);
        while (_webhook.State.Done < upTo && !_deliverer.IsResting && !timeout.IsCompleted)
        {
            var delivering = _deliverer.DeliverAsync();
            if (await Task.WhenAny(delivering, timeout) == delivering)
            {
                await delivering;
            }
        }
    }
}
