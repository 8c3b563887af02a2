namespace BlueEdge.Grains.Storage;

/// <summary>How grains store their states.</summary>
internal static class StoredStates
{
    /// <summary>Stores a grain's next state. After a failure nobody knows what is stored: the grain leaves, and its next activation reads it.</summary>
    public static async Task SaveOrLeaveAsync<T>(this IPersistentState<T> stored, T next, IGrainBase grain)
    {
        var before = stored.State;
        stored.State = next;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            stored.State = before;
            grain.DeactivateOnIdle();
            throw;
        }
    }
}
