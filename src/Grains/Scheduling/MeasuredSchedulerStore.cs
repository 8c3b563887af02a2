namespace BlueEdge.Grains.Scheduling;

/// <summary>A scheduler's store whose commits are measured.</summary>
internal sealed class MeasuredSchedulerStore(ISchedulerStore store, SchedulingMetrics metrics, TimeProvider clock) : ISchedulerStore
{
    public Task<StoredSchedule> OpenAsync() => store.OpenAsync();

    public async Task CommitAsync(SchedulerWrite write)
    {
        var began = clock.GetTimestamp();
        try
        {
            await store.CommitAsync(write);
        }
        catch
        {
            metrics.CommitFailed();
            throw;
        }

        metrics.Committed(write.Size, clock.GetElapsedTime(began));
    }
}
