using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scheduling;

/// <summary>An event on its way to the model and the store.</summary>
/// <param name="Apply">What happens to the model.</param>
/// <param name="Answer">Tells who waits that it is durable; is given the attempts granted meanwhile.</param>
/// <param name="Fail">Tells who waits that it did not come to pass.</param>
/// <param name="IsPatient">Whether it waits for a store that is away, however long that takes.</param>
internal sealed record SchedulerEvent(
    Action<SchedulerModel> Apply, Action<HashSet<Attempt>> Answer, Action<Exception> Fail, bool IsPatient);
