using System.Diagnostics;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>Measures for how long this machine gave a thread no time that only wanted to look at the clock: nothing on it can be more punctual.</summary>
internal sealed class Stalls : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private readonly Thread _watching;
    private volatile bool _isOver;
    private long _longest;

    public Stalls()
    {
        _watching = new(Watch) { IsBackground = true };
        _watching.Start();
    }

    public TimeSpan Longest => new(Interlocked.Read(ref _longest));

    public void Dispose()
    {
        _isOver = true;
        _watching.Join();
    }

    private void Watch()
    {
        while (!_isOver)
        {
            var begun = Stopwatch.GetTimestamp();
            Thread.Sleep(Step);
            var late = Stopwatch.GetElapsedTime(begun) - Step;
            Interlocked.Exchange(ref _longest, Math.Max(_longest, late.Ticks));
        }
    }
}
