namespace BlueEdge.Hosting;

/// <summary>
/// The wall clock, but never back: where it is set back time goes on from where it was, at its pace, until the wall clock is past
/// it or the process starts anew. Orleans refuses to activate grains at times that it has behind it.
/// </summary>
internal sealed class SteadyClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _wall;
    private DateTimeOffset _now;
    private long _at;

    public SteadyClock()
        : this(System)
    {
    }

    public SteadyClock(TimeProvider wall) => (_wall, _now, _at) = (wall, wall.GetUtcNow(), wall.GetTimestamp());

    public override long TimestampFrequency => _wall.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => _wall.LocalTimeZone;

    public override DateTimeOffset GetUtcNow()
    {
        var wall = _wall.GetUtcNow();
        lock (_lock)
        {
            var at = _wall.GetTimestamp();
            var next = _now + _wall.GetElapsedTime(_at, at);

            // Small steps back are those of a clock that is kept right.
            _now = wall > next - Slack ? (wall > _now ? wall : _now) : next;
            _at = at;
            return _now;
        }
    }

    public override long GetTimestamp() => _wall.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _wall.CreateTimer(callback, state, dueTime, period);

    private static TimeSpan Slack => TimeSpan.FromSeconds(1);
}
