namespace BlueEdge.Grains.Sessions;

/// <summary>
/// Notices that the process stood still for so long that the cluster may have taken it for dead, so that its sessions live
/// elsewhere: what it remembers of those that had not ended may be old, and is read again before it is told.
/// </summary>
public sealed class SiloPulse : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <summary>Three probes of a second take longer, and fewer misses are forgiven.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2.5);

    /// <summary>By then a silo that is dead to the others has heard it, and has ended.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private long _beat;
    private long _stoodUntil;
    private Action<TimeSpan>? _tell;

    /// <summary>Begins to beat, by a clock.</summary>
    public SiloPulse(TimeProvider clock)
    {
        _clock = clock;
        _beat = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Beat(), null, Period, Period);
    }

    /// <summary>Whether it stood still a moment ago.</summary>
    public bool IsInDoubt
    {
        get
        {
            // Who goes on after a stand may ask before the timer comes.
            Beat();
            return Volatile.Read(ref _stoodUntil) is not 0 and var until && _clock.GetElapsedTime(until) < Doubt;
        }
    }

    /// <summary>Has it told after each stand, with its length, on any thread.</summary>
    public void Tell(Action<TimeSpan> tell) => _tell += tell;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Beat()
    {
        var now = _clock.GetTimestamp();
        if (_clock.GetElapsedTime(Interlocked.Exchange(ref _beat, now), now) is var stood && stood > Longest)
        {
            Volatile.Write(ref _stoodUntil, now);
            _tell?.Invoke(stood);
        }
    }
}
