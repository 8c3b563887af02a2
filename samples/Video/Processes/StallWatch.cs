namespace BlueEdge.Samples.Video.Processes;

/// <summary>
/// Tells when a program that has work does nothing at all: it takes no more of its input, or has all of it, and gives nothing to
/// those who wait for its output. Where nobody waits for that it may be itself who waits, for as long as it takes.
/// </summary>
internal sealed class StallWatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _limit;
    private readonly ITimer _timer;
    private bool _isFed;
    private bool _isRead;

    public StallWatch(TimeSpan limit, TimeProvider clock, Action onStall)
    {
        _limit = limit;
        _timer = clock.CreateTimer(
            _ =>
            {
                HasStalled = true;
                onStall();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    public bool HasStalled { get; private set; }

    /// <summary>Whether input waits to be taken, or has ended.</summary>
    public void Feeding(bool isFed) => Set(isFed, isRead: null);

    /// <summary>Whether somebody waits for output.</summary>
    public void Reading(bool isRead) => Set(isFed: null, isRead);

    public void Dispose() => _timer.Dispose();

    private void Set(bool? isFed, bool? isRead)
    {
        lock (_lock)
        {
            (_isFed, _isRead) = (isFed ?? _isFed, isRead ?? _isRead);
            _timer.Change(_isFed && _isRead ? _limit : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
