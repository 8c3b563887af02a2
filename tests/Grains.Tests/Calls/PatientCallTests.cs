using BlueEdge.Calls;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Grains.Tests.Calls;

public sealed class PatientCallTests
{
    private readonly FakeTimeProvider _clock = new();
    private int _calls;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_fails_in_passing_is_tried_again_after_each_pause()
    {
        var calling = CallAsync(() => _calls < 3 ? throw new TimeoutException("away") : Task.FromResult("there"), Ct);

        Assert.Equal(1, _calls);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => _calls == 2);
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(2, _calls);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal("there", await calling);
    }

    [Fact]
    public async Task What_fails_for_good_is_the_callers()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => CallAsync(() => throw new InvalidOperationException("broken"), Ct));

        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Who_gives_up_ends_the_tries()
    {
        using var patience = new CancellationTokenSource();
        var calling = CallAsync(() => throw new TimeoutException("away"), patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling);
        Assert.Equal(1, _calls);
    }

    private Task<string> CallAsync(Func<Task<string>> call, CancellationToken cancellationToken) => PatientCall.MakeAsync(
        () =>
        {
            _calls++;
            return call();
        },
        (error, tries) => error is TimeoutException && tries == _calls,
        new(First: TimeSpan.FromSeconds(1), Longest: TimeSpan.FromSeconds(4)),
        _clock,
        cancellationToken);

    private static async Task UntilAsync(Func<bool> reached)
    {
        while (!reached())
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
