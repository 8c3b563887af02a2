using BlueEdge.Samples.Basics;
using BlueEdge.Sessions;
using BlueEdge.Testing;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Samples.Tests.Basics;

public sealed class DelayEngineTests
{
    private readonly TickingClock _clock = new();

    [Fact]
    public async Task It_holds_on_for_fractions_of_seconds_too()
    {
        await using var engine = await StartAsync();

        await engine.SendAsync("Control", new { seconds = 2.5 });
        await _clock.WaitForTimerAsync();
        _clock.Advance(TimeSpan.FromSeconds(2.49));
        Assert.Equal(SubSessionStatus.Ready, engine.Status);
        var result = engine.ReadAsync("Result");
        Assert.False(result.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.01));

        Assert.Equal("""{"seconds":2.5}""", (await result).Text);
        Assert.Equal(SubSessionStatus.Finished, (await engine.FinishAsync()).Status);
    }

    [Fact]
    public async Task Zero_seconds_are_over_at_once()
    {
        await using var engine = await StartAsync();

        await engine.SendAsync("Control", new { seconds = 0 });

        Assert.Equal("""{"seconds":0}""", (await engine.ReadAsync("Result")).Text);
    }

    [Fact]
    public async Task A_stop_ends_the_delay()
    {
        await using var engine = await StartAsync();
        await engine.SendAsync("Control", new { seconds = 3_600 });
        await _clock.WaitForTimerAsync();

        engine.Stop("enough");

        var end = await engine.WaitForEndAsync();
        Assert.Equal((SubSessionStatus.Canceled, "enough"), (end.Status, end.Error));
        Assert.Empty(await engine.ReadAllAsync("Result"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"seconds": -1}""")]
    [InlineData("""{"seconds": 1e9}""")]
    [InlineData("""{"seconds": "soon"}""")]
    public async Task A_control_without_a_sensible_time_fails_and_says_so(string control)
    {
        await using var engine = await StartAsync();

        await engine.SendJsonAsync("Control", control);

        var end = await engine.WaitForEndAsync();
        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains("Control", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_of_it_has_4_slots()
    {
        await using var engine = await StartAsync();

        Assert.Equal(4, engine.Definition.Slots);
    }

    private Task<EngineTestHarness> StartAsync() => EngineTestHarness.StartAsync<DelayEngine>(setup => setup.Clock = _clock);

    /// <summary>Time that a test moves, and that says when somebody waits for it.</summary>
    private sealed class TickingClock : FakeTimeProvider
    {
        private readonly TaskCompletionSource _timer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task WaitForTimerAsync() => _timer.Task.WaitAsync(TimeSpan.FromSeconds(90), System);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _timer.TrySetResult();
            return timer;
        }
    }
}
