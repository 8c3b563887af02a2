using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Webhooks.Tests.Outbound;

/// <summary>A clock that stands, and tells when somebody waits for it.</summary>
internal sealed class WatchedClock : FakeTimeProvider
{
    private readonly Channel<bool> _timers = Channel.CreateUnbounded<bool>();

    public async Task TimersAsync(int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        for (; count > 0; count--)
        {
            try
            {
                await _timers.Reader.ReadAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"{count} further timers were to be made.");
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(true);
        return timer;
    }
}
