using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>When a session's time is over, for a phase of it or for all of it.</summary>
internal sealed partial class SessionGrain
{
    private const string RetryReminder = "retry";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    /// <summary>How often a deadline's change is tried again where storage refused it.</summary>
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(5);

    /// <summary>What an instance may need beyond the grace period to say that it cut an engine off.</summary>
    private static readonly TimeSpan CutOffMargin = TimeSpan.FromSeconds(10);

    private (SessionStatus Status, int Epoch) _deadlineOf;
    private IGrainTimer? _deadline;
    private IGrainTimer? _duration;

    /// <summary>Waking up is all that a reminder is for, and only while the session waits to run again.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await WakeAsync();
        if (_state.Current.Status is not SessionStatus.Pending || !Exists)
        {
            await ForgetReminderAsync();
        }

        if (!Exists)
        {
            DeactivateOnIdle();
        }
    }

    /// <summary>
    /// A session that has its slots stays in memory, and after a crash the scheduler wakes it: so it needs nothing else to end
    /// when it has had its time.
    /// </summary>
    private void LimitDuration(SessionState state)
    {
        if (_duration is null && !state.Status.IsTerminal() && state.RunsOutAt(Spec) is { } end)
        {
            var due = end - clock.GetUtcNow();
            due = due > TimeSpan.Zero ? due : TimeSpan.Zero;
            DelayDeactivation(due + options.Value.StopGrace + CutOffMargin);
            _duration = this.RegisterGrainTimer(
                _ => ChangeAsync(current => current.RunOut(Spec, clock.GetUtcNow())),
                new GrainTimerCreationOptions(due, RetryPeriod) { Interleave = true, KeepAlive = true });
        }
    }

    private void SetDeadline(SessionState state, DateTimeOffset? at, Func<SessionState, SessionState> change)
    {
        if (at is not { } time || _deadlineOf == (state.Status, state.Epoch))
        {
            return;
        }

        _deadlineOf = (state.Status, state.Epoch);
        var due = time - clock.GetUtcNow();
        _deadline?.Dispose();
        _deadline = this.RegisterGrainTimer(
            _ => ChangeAsync(change),
            new GrainTimerCreationOptions(due > TimeSpan.Zero ? due : TimeSpan.Zero, RetryPeriod) { Interleave = true, KeepAlive = true });
    }

    private void EndDeadlines()
    {
        _deadline?.Dispose();
        _duration?.Dispose();
    }

    /// <summary>A session that waits to run again need not be in memory.</summary>
    private Task<IGrainReminder> RemindAsync(TimeSpan due) =>
        this.RegisterOrUpdateReminder(RetryReminder, due > TimeSpan.Zero ? due : TimeSpan.Zero, ReminderPeriod);

    private async Task ForgetReminderAsync()
    {
        if (await this.GetReminder(RetryReminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }
}
