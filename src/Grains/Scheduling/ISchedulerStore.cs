using BlueEdge.Storage;

namespace BlueEdge.Grains.Scheduling;

/// <summary>The scheduler's durable side, as one activation has it: what changed is stored as one step, as long as its token is the newest.</summary>
/// <remarks>Every member throws <see cref="StoreUnavailableException"/> where the store does not answer, or takes no writes.</remarks>
public interface ISchedulerStore
{
    /// <summary>Takes a new token, which shuts out every activation before this one, and reads what they left.</summary>
    Task<StoredSchedule> OpenAsync();

    /// <summary>Makes changes durable. Doing it again after a failure is harmless.</summary>
    /// <exception cref="SchedulerFencedException">Another activation has taken over.</exception>
    Task CommitAsync(SchedulerWrite write);
}
