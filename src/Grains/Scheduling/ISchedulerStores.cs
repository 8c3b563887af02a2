namespace BlueEdge.Grains.Scheduling;

/// <summary>The stores of schedulers.</summary>
public interface ISchedulerStores
{
    /// <summary>That of a scheduling domain, for one activation of its scheduler.</summary>
    ISchedulerStore Of(string domain);
}
