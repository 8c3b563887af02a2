using BlueEdge.Hosting;

namespace BlueEdge.Silo.Tests.Processes;

public sealed class SteadyClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Time_goes_on_where_the_wall_clock_is_set_back()
    {
        SettableClock wall = new() { Now = Start };
        SteadyClock clock = new(wall);

        wall.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(Start.AddMinutes(1), clock.GetUtcNow());
        wall.Now -= TimeSpan.FromHours(3);
        Assert.Equal(Start.AddMinutes(1), clock.GetUtcNow());
        wall.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(Start.AddMinutes(6), clock.GetUtcNow());
        wall.Now += TimeSpan.FromDays(1);
        Assert.Equal(wall.Now, clock.GetUtcNow());
    }

    [Fact]
    public void A_clock_that_is_kept_right_is_followed_and_never_back()
    {
        SettableClock wall = new() { Now = Start };
        SteadyClock clock = new(wall);

        wall.Now -= TimeSpan.FromMilliseconds(10);
        Assert.Equal(Start, clock.GetUtcNow());
        wall.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(wall.Now, clock.GetUtcNow());
    }

    private sealed class SettableClock : TimeProvider
    {
        private long _timestamp;

        public DateTimeOffset Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time)
        {
            Now += time;
            _timestamp += time.Ticks;
        }

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => _timestamp;
    }
}
