using BlueEdge.Webhooks;
using Microsoft.Extensions.Logging;
using Orleans.Core;
using Orleans.Storage;

namespace BlueEdge.Grains.Webhooks;

/// <summary>
/// A webhook as this activation of its grain holds it: its state, which runs ahead of what is stored until somebody has it saved, for
/// who brings events brings them again. Here what is lost is told, whatever lost it.
/// </summary>
#pragma warning disable CA1001 // They hold nothing to dispose, and what ends late still looks at them.
internal sealed partial class ActiveWebhook(string key, IStorage<WebhookState> stored, WebhookMetrics metrics, ILogger logger)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _deactivated = new();
    private readonly SemaphoreSlim _saving = new(1);
    private readonly long _number = metrics.Waiting.Enter();
    private WebhookState _saved = new();
    private DateTimeOffset? _waitsSince;

    /// <summary>Whether the store has something of it, as far as is known.</summary>
    private bool _isStored;

    /// <summary>Whether the store was not asked whether it has something of it.</summary>
    private bool _isTakenForNew = true;

    public string SessionId { get; } = WebhookSink.SessionOf(key);

    /// <summary>Which of the session's webhooks it is, from 0.</summary>
    public int Place { get; } = WebhookSink.PlaceOf(key);

    public WebhookState State { get; private set; } = new();

    /// <summary>Whether the state is stored as it is.</summary>
    public bool IsSaved => ReferenceEquals(State, _saved);

    /// <summary>Whether what is stored says that the webhook looks itself for what is left, and until when there is a log to look in.</summary>
    public bool IsStoredAsBehind => State.IsBehind && (_saved.SubmittedAt, _saved.IsBehind, _saved.EndedAt, _saved.IsCarrying) == (State.SubmittedAt, true, State.EndedAt, State.IsCarrying);

    /// <summary>Fires when the grain is deactivated: what is not delivered is the next activation's.</summary>
    public CancellationToken Deactivated => _deactivated.Token;

    public DeliveryId IdOf(long number) => new(SessionId, State.SubmittedAt, Place, number);

    /// <summary>Whether its session stores the state with its own once the end is delivered, if that is all there is to store.</summary>
    public bool IsKeptBySession { get; set; }

    /// <summary>Whether its session can have the state: all is done with, nothing of it is stored that would be older, and it is small.</summary>
    public bool CanHandOver => IsKeptBySession && !_isStored && State is { IsClosed: true, IsSmall: true };

    /// <summary>Takes up what is stored.</summary>
    public async Task LoadAsync()
    {
        await stored.ReadStateAsync();
        (_isStored, _isTakenForNew) = (stored.RecordExists, false);
        State = _saved = stored.State;
        metrics.Behind(State.IsBehind ? 1 : 0);

        // The event itself is read only once its turn comes: it is older than its first try.
        WaitsSince(State.Carried is [var first, ..] ? first.At : State is { IsBehind: true, FailedTries: [var tried, ..] } ? tried : null);
    }

    /// <summary>When the event happened that waits for the receiver now; <see langword="null"/> where none does.</summary>
    public void WaitsSince(DateTimeOffset? since)
    {
        since = _deactivated.IsCancellationRequested ? null : since;
        if (since != _waitsSince)
        {
            metrics.Waiting.Change(_number, _waitsSince, since);
            _waitsSince = since;
        }
    }

    public void Change(Func<WebhookState, WebhookState> change)
    {
        var before = State;
        State = change(before);
        if (before.IsBehind != State.IsBehind)
        {
            metrics.Behind(State.IsBehind ? 1 : -1);
        }

        // One of a session that was submitted anew has lost nothing yet, or what it was brought says so.
        var lost = State.Dropped - (before.SubmittedAt == State.SubmittedAt ? before.Dropped : 0);
        if (lost > 0)
        {
            metrics.Dropped(lost);
            LogDropped(SessionId, lost, Place, State.Done);
        }
    }

    /// <summary>Stores the state as it is then, unless it is stored.</summary>
    public async Task SaveAsync()
    {
        await _saving.WaitAsync();
        try
        {
            if (State is var state && !ReferenceEquals(state, _saved))
            {
                await WriteAsync(state);
                _saved = state;
            }
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>The state for its session to store, which need not be stored here then; <see langword="null"/> where the session cannot have it.</summary>
    public WebhookState? HandOver()
    {
        if (!CanHandOver)
        {
            return null;
        }

        _saved = State;
        return State.Close();
    }

    /// <summary>Ends the activation's work; what became of events is stored.</summary>
    public async Task DeactivateAsync()
    {
        await _deactivated.CancelAsync();
        metrics.Behind(State.IsBehind ? -1 : 0);
        WaitsSince(null);
        if (!State.Past.IsEmpty || State.Dropped > 0)
        {
            await SaveAsync();
        }
    }

    private async Task WriteAsync(WebhookState state)
    {
        stored.State = state;
        try
        {
            await stored.WriteStateAsync();
        }
        catch (InconsistentStateException) when (_isTakenForNew)
        {
            // A session that had the same id before may have left something.
            await stored.ReadStateAsync();
            if (stored.State.SubmittedAt == state.SubmittedAt)
            {
                throw;
            }

            stored.State = state;
            await stored.WriteStateAsync();
        }

        (_isStored, _isTakenForNew) = (true, false);
    }

    [LoggerMessage(LogLevel.Error, "Session {SessionId}: {Count} events were gone before webhook {Place} was called about them, there were too many or the session's retention was over. It has come to event {Done}.")]
    private partial void LogDropped(string sessionId, long count, int place, long done);
}
