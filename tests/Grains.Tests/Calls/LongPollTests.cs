using BlueEdge.Calls;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Grains.Tests.Calls;

public sealed class LongPollTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly FakeTimeProvider _clock = new();
    private readonly List<double> _turns = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_wait_is_made_of_turns_and_ends_with_what_was_answered_last()
    {
        var last = await AskAsync(turn => After(turn, _turns.Count), atMost: TimeSpan.FromSeconds(45));

        Assert.Equal(3, last);
        Assert.Equal([20, 20, 5], _turns);
    }

    [Fact]
    public async Task An_answer_ends_it()
    {
        Assert.Equal(-1, await AskAsync(turn => After(turn, _turns.Count == 2 ? -1 : 0), TimeSpan.MaxValue));

        Assert.Equal([20, 20], _turns);
    }

    [Fact]
    public async Task No_time_asks_once_and_waits_for_nothing()
    {
        Assert.Equal(7, await AskAsync(_ => Task.FromResult(7), TimeSpan.Zero));

        Assert.Equal([0], _turns);
    }

    [Fact]
    public async Task A_call_that_comes_back_early_with_nothing_is_made_again_after_a_pause()
    {
        var asking = AskAsync(_ => Task.FromResult(_turns.Count == 2 ? -1 : 0), TimeSpan.FromSeconds(10));
        Assert.Equal([10], _turns);

        _clock.Advance(Pause);

        Assert.Equal(-1, await asking);
        Assert.Equal([10, 9.5], _turns);
    }

    [Fact]
    public async Task A_failure_in_passing_is_the_callers_only_once_the_time_is_over()
    {
        var asking = AskAsync(_ => throw new TimeoutException("away"), Pause * 1.5);
        Assert.False(asking.IsCompleted);

        _clock.Advance(Pause);

        await Assert.ThrowsAsync<TimeoutException>(() => asking);
        Assert.Equal([0.75, 0.25], _turns);
    }

    private Task<int> AskAsync(Func<TimeSpan, Task<int>> ask, TimeSpan atMost) => new LongPoll(Pause, _clock).AskAsync(
        turn =>
        {
            _turns.Add(turn.TotalSeconds);
            return ask(turn);
        },
        answer => answer < 0,
        atMost,
        error => error is TimeoutException,
        Ct);

    /// <summary>Answers when the turn is over.</summary>
    private Task<int> After(TimeSpan turn, int answer)
    {
        _clock.Advance(turn);
        return Task.FromResult(answer);
    }
}
