namespace BlueEdge.Gateway.Http.Budgets;

/// <summary>
/// What one call holds of a budget. The first bytes are free, so that small calls pass whatever the large ones do; how many
/// there are is bounded by the connections.
/// </summary>
internal sealed class ByteLease(ByteBudget budget) : IDisposable
{
    public const int Free = 64 * 1024;

    private long _held;

    /// <summary>Has the call hold at least so many bytes; false where they are not left.</summary>
    public bool TryHold(long bytes)
    {
        var more = Counted(bytes) - _held;
        if (more > 0 && !budget.TryTake(more))
        {
            return false;
        }

        _held += Math.Max(0, more);
        return true;
    }

    /// <summary>
    /// Has the call hold at least so many bytes, once they are left; false where that took too long. What it holds is given back
    /// first: of those who hold some and wait for more none might ever get it.
    /// </summary>
    public async Task<bool> HoldAsync(long bytes, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (TryHold(bytes))
        {
            return true;
        }

        Dispose();
        if (!await budget.TakeAsync(Counted(bytes), atMost, cancellationToken))
        {
            return false;
        }

        _held = Counted(bytes);
        return true;
    }

    /// <summary>Gives back all but so many bytes.</summary>
    public void Shrink(long bytes)
    {
        var over = _held - Counted(bytes);
        if (over > 0)
        {
            _held -= over;
            budget.Give(over);
        }
    }

    public void Dispose() => Shrink(0);

    /// <summary>Who wants more than there is has all of it for itself.</summary>
    private long Counted(long bytes) => Math.Clamp(bytes - Free, 0, budget.Total);
}
