using BlueEdge.Samples.Video.Processes;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Samples.Tests.Video;

public sealed class StallWatchTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _clock = new();
    private readonly StallWatch _watch;
    private int _stalls;

    public StallWatchTests() => _watch = new(Limit, _clock, () => _stalls++);

    public void Dispose() => _watch.Dispose();

    [Fact]
    public void Who_has_work_and_whose_output_is_waited_for_stalls_after_the_limit()
    {
        _watch.Feeding(isFed: true);
        _watch.Reading(isRead: true);

        _clock.Advance(Limit - TimeSpan.FromSeconds(1));
        Assert.False(_watch.HasStalled);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_watch.HasStalled);
        Assert.Equal(1, _stalls);
    }

    [Fact]
    public void Who_has_no_work_waits_for_it_as_long_as_it_takes()
    {
        _watch.Feeding(isFed: true);
        _watch.Reading(isRead: true);
        _watch.Feeding(isFed: false);

        _clock.Advance(10 * Limit);

        Assert.False(_watch.HasStalled);
    }

    [Fact]
    public void Who_waits_for_its_readers_does_so_as_long_as_it_takes()
    {
        _watch.Feeding(isFed: true);
        _watch.Reading(isRead: true);
        _watch.Reading(isRead: false);

        _clock.Advance(10 * Limit);

        Assert.False(_watch.HasStalled);
    }

    [Fact]
    public void Whatever_happens_begins_the_time_anew()
    {
        _watch.Feeding(isFed: true);
        for (var i = 0; i < 10; i++)
        {
            _watch.Reading(isRead: true);
            _clock.Advance(Limit - TimeSpan.FromSeconds(1));
            _watch.Reading(isRead: false);
        }

        Assert.False(_watch.HasStalled);
    }
}
