using BlueEdge.Calls;

namespace BlueEdge.Grains.Tests.Calls;

public sealed class BackoffTests
{
    [Fact]
    public void Each_pause_is_twice_the_one_before_up_to_the_longest()
    {
        var backoff = new Backoff(First: TimeSpan.FromMilliseconds(250), Longest: TimeSpan.FromSeconds(2));

        Assert.Equal([250, 500, 1_000, 2_000, 2_000], Enumerable.Range(1, 5).Select(tries => backoff.After(tries).TotalMilliseconds));
        Assert.Equal(TimeSpan.FromSeconds(2), backoff.After(int.MaxValue));
    }

    [Fact]
    public void A_steady_one_does_not_grow()
    {
        var backoff = Backoff.Steady(TimeSpan.FromSeconds(1));

        Assert.Equal([1, 1, 1], Enumerable.Range(1, 3).Select(tries => backoff.After(tries).TotalSeconds));
    }
}
