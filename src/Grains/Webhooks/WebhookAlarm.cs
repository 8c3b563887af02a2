namespace BlueEdge.Grains.Webhooks;

/// <summary>Has a webhook go on later: by a timer while it is in memory, which it is for a short time, and else by a reminder.</summary>
internal sealed class WebhookAlarm(IGrainBase grain, IGrainRuntime runtime, TimeProvider clock)
{
    /// <summary>For shorter than this it stays in memory.</summary>
    public static readonly TimeSpan LongestStay = TimeSpan.FromMinutes(2);

    private const string RetryReminder = "retry";

    /// <summary>The shortest that there is.</summary>
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    /// <summary>What is in memory wakes by itself before its reminder comes.</summary>
    private static readonly TimeSpan ReminderMargin = TimeSpan.FromSeconds(5);

    private IGrainTimer? _timer;

    /// <summary>Whether there may be a reminder; one that is not known of comes once, and says so.</summary>
    public bool IsSet { get; set; }

    /// <summary>Has it go on in memory, unless that is for too long: then only the reminder wakes it.</summary>
    public void WakeIn(TimeSpan due, Func<Task> goOn)
    {
        due = due > TimeSpan.Zero ? due : TimeSpan.Zero;
        _timer?.Dispose();
        if (due > LongestStay)
        {
            return;
        }

        runtime.DelayDeactivation(grain.GrainContext, due + LongestStay);
        _timer = grain.RegisterGrainTimer(_ => goOn(), new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    /// <summary>Has it woken soon after a time, <see langword="null"/> for now, and each minute from then on, on whatever silo there is.</summary>
    public async Task RemindAsync(DateTimeOffset? at)
    {
        IsSet = true;
        var due = at - clock.GetUtcNow() is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
        await grain.RegisterOrUpdateReminder(RetryReminder, due + ReminderMargin, ReminderPeriod);
    }

    /// <summary>It has nothing to do later.</summary>
    public async Task ForgetAsync()
    {
        if (!IsSet)
        {
            return;
        }

        if (await grain.GetReminder(RetryReminder) is { } reminder)
        {
            await grain.UnregisterReminder(reminder);
        }

        IsSet = false;
    }
}
