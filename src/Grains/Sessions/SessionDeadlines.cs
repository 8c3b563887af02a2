using BlueEdge.Sessions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Sessions;

/// <summary>When a session's time is over, for a phase of it or for all of it, and what has it in memory by then: a timer or a reminder.</summary>
internal sealed class SessionDeadlines(
    ActiveSession session, IGrainBase grain, IGrainRuntime runtime, IOptions<SessionOptions> options, TimeProvider clock)
{
    private const string RetryReminder = "retry";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    /// <summary>How often a deadline's change is tried again where storage refused it.</summary>
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(5);

    /// <summary>What an instance may need beyond the grace period to say that it cut an engine off.</summary>
    private static readonly TimeSpan CutOffMargin = TimeSpan.FromSeconds(10);

    private (SessionStatus Status, int Epoch) _phaseOf;
    private IGrainTimer? _phase;
    private IGrainTimer? _duration;

    /// <summary>
    /// A session that has its slots stays in memory, and after a crash the scheduler wakes it: so it needs nothing else to end
    /// when it has had its time.
    /// </summary>
    public void LimitDuration(SessionState state)
    {
        if (_duration is null && !state.Status.IsTerminal() && state.RunsOutAt(session.Spec) is { } end)
        {
            var due = Until(end);
            runtime.DelayDeactivation(grain.GrainContext, due + options.Value.StopGrace + CutOffMargin);
            _duration = Begin(due, current => current.RunOut(session.Spec, clock.GetUtcNow()));
        }
    }

    /// <summary>Engines that prepare have so long to be ready.</summary>
    public void LimitPreparing(SessionState state) => LimitPhase(state, state.LeasedAt + options.Value.PrepareTimeout, current =>
        current.TimeOutPreparing(session.Spec, state.Epoch, options.Value.PrepareTimeout, clock.GetUtcNow()));

    /// <summary>Engines that stop have so long to end.</summary>
    public void LimitStopping(SessionState state) => LimitPhase(state, state.StoppingAt + options.Value.StopGrace + CutOffMargin, current =>
        current.CutOff(session.Spec, state.Epoch, clock.GetUtcNow()));

    /// <summary>The session has ended: no time is over any more.</summary>
    public void End()
    {
        _phase?.Dispose();
        _duration?.Dispose();
    }

    /// <summary>Has the session woken by then: one that waits to run again need not be in memory.</summary>
    public Task RemindAsync(TimeSpan due) =>
        grain.RegisterOrUpdateReminder(RetryReminder, due > TimeSpan.Zero ? due : TimeSpan.Zero, ReminderPeriod);

    public async Task ForgetReminderAsync()
    {
        if (await grain.GetReminder(RetryReminder) is { } reminder)
        {
            await grain.UnregisterReminder(reminder);
        }
    }

    /// <summary>Waking up is all that a reminder is for, and only while the session waits to run again.</summary>
    public async Task RemindedAsync()
    {
        await session.WakeAsync();
        if (session.State.Status is not SessionStatus.Pending || !session.Exists)
        {
            await ForgetReminderAsync();
        }

        if (!session.Exists)
        {
            session.Leave();
        }
    }

    private void LimitPhase(SessionState state, DateTimeOffset? at, Func<SessionState, SessionState> change)
    {
        if (at is { } end && _phaseOf != (state.Status, state.Epoch))
        {
            _phaseOf = (state.Status, state.Epoch);
            _phase?.Dispose();
            _phase = Begin(Until(end), change);
        }
    }

    private IGrainTimer Begin(TimeSpan due, Func<SessionState, SessionState> change) => grain.RegisterGrainTimer(
        _ => session.ChangeAsync(change),
        new GrainTimerCreationOptions(due, RetryPeriod) { Interleave = true, KeepAlive = true });

    private TimeSpan Until(DateTimeOffset end) => end - clock.GetUtcNow() is var due && due > TimeSpan.Zero ? due : TimeSpan.Zero;
}
