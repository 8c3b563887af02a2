using BlueEdge.Grains.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Grains.Tests.Sessions;

public sealed class SessionWorkTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly CancellationTokenSource _deactivated = new();
    private readonly List<Exception> _failures = [];
    private int _tries;

    public void Dispose() => _deactivated.Dispose();

    [Fact]
    public async Task Work_of_a_deactivated_grain_ends_while_it_waits_for_its_next_try()
    {
        var work = Begin(() => throw new InvalidOperationException("away"));
        Assert.False(work.Done.IsCompleted);

        await _deactivated.CancelAsync();

        await work.Done.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (_tries, _failures.Count));
    }

    [Fact]
    public async Task A_try_that_fails_after_the_deactivation_is_the_last_and_nobody_hears_of_it()
    {
        var trying = new TaskCompletionSource();
        var work = Begin(() => trying.Task);

        await _deactivated.CancelAsync();
        trying.SetException(new InvalidOperationException("away"));

        await work.Done.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal((1, 0), (_tries, _failures.Count));
    }

    [Fact]
    public async Task Work_that_fails_is_tried_again_until_it_succeeds()
    {
        var work = Begin(() => _tries < 3 ? throw new InvalidOperationException("away") : Task.CompletedTask);

        while (!work.Done.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal((3, 2), (_tries, _failures.Count));
    }

    private SessionWork Begin(Func<Task> work) => new SessionWork(
        async () =>
        {
            _tries++;
            await work();
        },
        () => true,
        _clock,
        (error, _) => _failures.Add(error),
        _deactivated.Token).Begin();
}
