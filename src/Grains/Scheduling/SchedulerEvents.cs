using System.Diagnostics;
using BlueEdge.Grains.Scheduling.Matching;
using BlueEdge.Storage;

namespace BlueEdge.Grains.Scheduling;

/// <summary>
/// Applies events to the model in the order they come, and makes what they change durable in groups: those that come while
/// a write is under way share the next one. An event is answered only after its group was written.
/// </summary>
/// <remarks>
/// A write that fails is done again until it succeeds, for the model is ahead of the store then; writing it twice is
/// harmless. Callers wait for that as long as <paramref name="patience"/>; then they, and all that come until the store is
/// back, are told to come again. Only a newer activation ends this one.
/// </remarks>
/// <param name="model">What the events change.</param>
/// <param name="store">Where the changes are made durable.</param>
/// <param name="committed">Told of the changes once they are durable, with the attempts of whose grant no caller was told.</param>
/// <param name="failed">Told of each write that failed.</param>
/// <param name="clock">The time.</param>
/// <param name="patience">How long callers wait for a store that is away.</param>
internal sealed class SchedulerEvents(
    SchedulerModel model,
    ISchedulerStore store,
    Action<SchedulerChanges, HashSet<Attempt>> committed,
    Action<Exception> failed,
    TimeProvider clock,
    TimeSpan patience)
{
    /// <summary>More share the group after: a script holds up everyone else in the store.</summary>
    private const int LargestGroup = 500;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly Queue<SchedulerEvent> _waiting = [];
    private bool _writing;
    private bool _storeIsAway;
    private SchedulerFencedException? _ended;

    /// <summary>Applies an event that a caller waits for, and answers once it is durable.</summary>
    /// <param name="apply">What happens.</param>
    /// <param name="answer">
    /// What to answer. It is given the attempts granted in this group, and takes out those of which it tells.
    /// </param>
    /// <exception cref="StoreUnavailableException">The store is away; whether the event happened is open, and it may be sent again.</exception>
    /// <exception cref="SchedulerFencedException">Another activation has taken over; the event is to be sent again.</exception>
    public Task<T> ApplyAsync<T>(Action<SchedulerModel> apply, Func<HashSet<Attempt>, T> answer) =>
        _storeIsAway ? Task.FromException<T>(StoreIsAway()) : AddAsync(apply, answer, isPatient: false);

    /// <inheritdoc cref="ApplyAsync{T}"/>
    public Task ApplyAsync(Action<SchedulerModel> apply) => ApplyAsync(apply, _ => true);

    /// <summary>Applies an event that nobody else would send again: it waits for the store as long as it takes.</summary>
    public Task ApplyPatientlyAsync(Action<SchedulerModel> apply) => AddAsync(apply, _ => true, isPatient: true);

    /// <summary>Ends it: all that wait are told to come again.</summary>
    public void End(SchedulerFencedException reason)
    {
        _ended ??= reason;
        while (_waiting.TryDequeue(out var each))
        {
            each.Fail(_ended);
        }
    }

    private Task<T> AddAsync<T>(Action<SchedulerModel> apply, Func<HashSet<Attempt>, T> answer, bool isPatient)
    {
        if (_ended is not null)
        {
            return Task.FromException<T>(_ended);
        }

        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(new(apply, granted => done.SetResult(answer(granted)), done.SetException, isPatient));
        if (!_writing)
        {
            _writing = true;
            _ = WriteAllAsync();
        }

        return done.Task;
    }

    private async Task WriteAllAsync()
    {
        // What comes in the same turn belongs to the same group.
        await Task.Yield();

        // It goes on for others than the one whose call began it, whose trace it is no part of.
        Activity.Current = null;
        while (_waiting.Count > 0)
        {
            var group = ApplyGroup();
            var changes = model.TakeChanges();
            try
            {
                await CommitAsync(SchedulerWrite.Of(changes), group);
            }
            catch (SchedulerFencedException fenced)
            {
                failed(fenced);
                group.ForEach(each => each.Fail(fenced));
                End(fenced);
                return;
            }

            var granted = new HashSet<Attempt>(changes.Granted, ReferenceEqualityComparer.Instance);
            group.ForEach(each => each.Answer(granted));
            committed(changes, granted);
        }

        _writing = false;
    }

    private List<SchedulerEvent> ApplyGroup()
    {
        var group = new List<SchedulerEvent>();
        while (group.Count < LargestGroup && _waiting.TryDequeue(out var each))
        {
            try
            {
                each.Apply(model);
                group.Add(each);
            }
            catch (Exception error)
            {
                // A request that the model refuses; the others are not to suffer for it.
                each.Fail(error);
            }
        }

        return group;
    }

    private async Task CommitAsync(SchedulerWrite write, List<SchedulerEvent> group)
    {
        var began = clock.GetTimestamp();
        while (!write.IsEmpty)
        {
            try
            {
                await store.CommitAsync(write);
                break;
            }
            catch (Exception error) when (error is not SchedulerFencedException)
            {
                failed(error);
            }

            if (_ended is not null)
            {
                throw _ended;
            }

            if (clock.GetElapsedTime(began) >= patience)
            {
                _storeIsAway = true;
                Refuse(group);
            }

            await Task.Delay(RetryDelay, clock);
        }

        _storeIsAway = false;
    }

    private void Refuse(List<SchedulerEvent> group)
    {
        foreach (var each in group.Concat(_waiting).Where(each => !each.IsPatient))
        {
            each.Fail(StoreIsAway());
        }

        group.RemoveAll(each => !each.IsPatient);
        var patient = _waiting.Where(each => each.IsPatient).ToList();
        _waiting.Clear();
        patient.ForEach(_waiting.Enqueue);
    }

    private static StoreUnavailableException StoreIsAway() => new("The scheduler's store does not answer. Try again soon.");
}
