namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>Its time is moved by the test, and its timers never fire: as a process that stands still has it.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Jump(TimeSpan by) => Interlocked.Add(ref _now, by.Ticks);
}
