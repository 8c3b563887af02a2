using BlueEdge.Callers;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Grains.Storage;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace BlueEdge.Grains.Sessions;

/// <summary>A session as this activation of its grain holds it: reads it, changes it, and says so.</summary>
#pragma warning disable CA1001 // The source holds nothing to dispose, and work that ends late still looks at its token.
internal sealed class ActiveSession(
#pragma warning restore CA1001
    IGrainBase grain, string id, SessionRecord record, SessionWaiters waiters, SiloPulse pulse, SessionMetrics metrics, IOptions<SessionOptions> options, TimeProvider clock)
{
    private readonly CancellationTokenSource _deactivated = new();
    private readonly SessionRecord _record = record;
    private readonly GroupCommit<SessionState> _state = new(record, SessionState.None, (before, after) => Measure(id, before, after, metrics, clock.GetUtcNow()));
    private SessionPlan? _plan;
    private Action? _whenChanged;

    public string Id => id;

    /// <summary>Fires when the grain is deactivated: work that is not done is the next activation's.</summary>
    public CancellationToken Deactivated => _deactivated.Token;

    /// <summary>The state as it is stored; <see cref="SessionState.None"/> where there is no session, or it was not read yet.</summary>
    public SessionState State => _state.Current;

    /// <summary>The session's spec; asked for only where the session exists.</summary>
    public SessionSpec Spec => _record.Spec
        ?? throw new InvalidOperationException($"Session {id} has a state and no spec.");

    public SessionPlan Plan => _plan ??= new(Spec);

    /// <summary>Whether the session was submitted.</summary>
    public bool IsSubmitted => State.Epoch > 0;

    /// <summary>Whether the session was submitted, and is not yet past its retention.</summary>
    public bool Exists => IsSubmitted
        && (State.EndedAt is not { } endedAt || endedAt + options.Value.Retention > clock.GetUtcNow());

    /// <summary>The last event that all who listen have taken; the state hears of it with its next change.</summary>
    public long Told { get; set; }

    /// <summary>What became of the events of webhooks that are done with, by their places in the spec; the state hears of it with <see cref="Told"/>.</summary>
    public Dictionary<int, WebhookState> ClosedWebhooks { get; } = [];

    /// <summary>Whether it was created by this activation, which has tried to tell nobody of it yet.</summary>
    public bool IsUnheard { get; set; }

    /// <summary>The session as those who listen are told of it.</summary>
    public ListenedSession Listened => new(id, State.SubmittedAt, Spec, State.Trace, Told) { IsUnwritten = State.IsUnwritten, ClosedWebhooks = ClosedWebhooks };

    /// <summary>Events that are stored and may be told without reading them.</summary>
    public UntoldEvents Untold => _record.Untold;

    /// <summary>Whether there is such a session for that caller.</summary>
    public bool ExistsFor(Caller caller) => Exists && State.BelongsTo(caller);

    /// <summary>Has that done once the session is known, and whenever it has changed.</summary>
    public void WhenChanged(Action act) => _whenChanged = act;

    /// <summary>Reads the session where it is not known, and has what is due done, whoever calls.</summary>
    public async Task WakeAsync()
    {
        if (pulse.IsInDoubt && !State.Status.IsTerminal())
        {
            _state.Doubt();
        }

        if (_state.IsKnown)
        {
            return;
        }

        await _state.LoadAsync();
        if (IsSubmitted)
        {
            waiters.AskForResults |= State.Status.IsTerminal();
            _whenChanged?.Invoke();
        }
    }

    /// <summary>Reads the session where it is not known, and has nothing done.</summary>
    public Task LoadAsync() => _state.LoadAsync();

    /// <summary>Stores the session unless it is there; the first write finds out whether it was new.</summary>
    public async Task CreateAsync(SessionSpec spec, SessionState created)
    {
        _record.Spec = spec;
        if (!_state.IsKnown)
        {
            _state.AssumeNew();
        }

        try
        {
            var stored = await _state.ApplyAsync(state => state.Epoch > 0 ? state : Note(state, created));
            if (stored.SubmittedAt == created.SubmittedAt)
            {
                IsUnheard = true;
                metrics.Submitted();
            }
        }
        catch (InconsistentStateException)
        {
            await _state.LoadAsync();
            _plan = null;
        }

        _whenChanged?.Invoke();
    }

    /// <summary>Changes the state, with all that follows from it at once, and has what is due then done.</summary>
    public async Task<SessionState> ChangeAsync(Func<SessionState, SessionState> change)
    {
        try
        {
            return await ApplyAsync(change);
        }
        catch (ResultsLostException lost)
        {
            // A session that would finish without them fails, or runs again.
            return await ApplyAsync(state => change(state).LoseResults(lost.Message, clock.GetUtcNow()));
        }
    }

    /// <summary>Has the activation end once its calls have: whoever wants the session reads it again.</summary>
    public void Leave() => grain.DeactivateOnIdle();

    /// <summary>Ends the activation's work.</summary>
    public Task DeactivateAsync() => _deactivated.CancelAsync();

    /// <summary>The state with what those who listen have heard.</summary>
    public SessionState Tell(SessionState state) => state.Tell(Told, ClosedWebhooks);

    private static void Measure(string id, SessionState before, SessionState after, SessionMetrics metrics, DateTimeOffset now)
    {
        metrics.Changed(before, after, now);
        SessionTraces.Tell(id, before, after, now);
    }

    private async Task<SessionState> ApplyAsync(Func<SessionState, SessionState> change)
    {
        var before = State;
        var state = await _state.ApplyAsync(current => change(current) is var next && ReferenceEquals(next, current) ? current : Tell(SettleAll(Note(current, next))));
        if (!ReferenceEquals(before, state))
        {
            waiters.TellChange();
            _whenChanged?.Invoke();
        }

        return state;
    }

    private SessionState SettleAll(SessionState state)
    {
        for (var settled = state.Settle(Spec, clock.GetUtcNow()); !ReferenceEquals(settled, state); settled = state.Settle(Spec, clock.GetUtcNow()))
        {
            state = Note(state, settled);
        }

        return state;
    }

    private SessionState Note(SessionState before, SessionState after) => after.Note(Spec, before, clock.GetUtcNow());
}
