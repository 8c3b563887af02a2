namespace BlueEdge.Hosting;

/// <summary>Has what happens again and again be said at once, and then once in a while. Safe for concurrent use.</summary>
public sealed class Seldom(TimeProvider clock, TimeSpan period)
{
    private readonly Lock _lock = new();
    private long? _said;

    /// <summary>Whether it is to be said now; true makes it be said for this period.</summary>
    public bool IsDue()
    {
        lock (_lock)
        {
            if (_said is { } said && clock.GetElapsedTime(said) < period)
            {
                return false;
            }

            _said = clock.GetTimestamp();
            return true;
        }
    }
}
