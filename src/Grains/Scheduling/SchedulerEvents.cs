using BlueEdge.Scheduling.Matching;

namespace BlueEdge.Scheduling;

/// <summary>
/// Applies events to the model in the order they come, and makes what they change durable in groups: those that come while
/// a write is under way share the next one. An event is answered only after its group was written.
/// </summary>
/// <remarks>
/// A write that fails is done again until it succeeds, for the model is ahead of the store then; until it does nobody is
/// answered. Only a newer activation ends this one, and with it all that wait.
/// </remarks>
internal sealed class SchedulerEvents(
    SchedulerModel model, SchedulerStore store, Action<SchedulerChanges, HashSet<Attempt>> tell, Action<Exception> onFailure, TimeProvider clock)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);
    private List<Event> _waiting = [];
    private bool _writing;
    private SchedulerFencedException? _fenced;

    /// <summary>Applies an event, and answers once it is durable.</summary>
    /// <param name="apply">What happens.</param>
    /// <param name="answer">
    /// What to answer. It is given the attempts granted in this group, and takes out those that it tells.
    /// </param>
    public Task<T> ApplyAsync<T>(Action<SchedulerModel> apply, Func<HashSet<Attempt>, T> answer)
    {
        if (_fenced is not null)
        {
            return Task.FromException<T>(_fenced);
        }

        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(new(apply, granted => done.SetResult(answer(granted)), done.SetException));
        if (!_writing)
        {
            _writing = true;
            _ = WriteAllAsync();
        }

        return done.Task;
    }

    public Task ApplyAsync(Action<SchedulerModel> apply) => ApplyAsync(apply, _ => true);

    private async Task WriteAllAsync()
    {
        // What comes in the same turn belongs to the same group.
        await Task.Yield();
        while (_waiting.Count > 0)
        {
            var group = _waiting;
            _waiting = [];
            Apply(group);
            var changes = model.TakeChanges();
            try
            {
                await CommitAsync(changes);
            }
            catch (SchedulerFencedException fenced)
            {
                _fenced = fenced;
                onFailure(fenced);
                group.Concat(_waiting).ToList().ForEach(each => each.Fail(fenced));
                _waiting = [];
                return;
            }

            var granted = new HashSet<Attempt>(changes.Granted, ReferenceEqualityComparer.Instance);
            group.ForEach(each => each.Answer(granted));
            tell(changes, granted);
        }

        _writing = false;
    }

    private void Apply(List<Event> group)
    {
        foreach (var each in group.ToArray())
        {
            try
            {
                each.Apply(model);
            }
            catch (Exception error)
            {
                // A request that the model refuses; the others are not to suffer for it.
                each.Fail(error);
                group.Remove(each);
            }
        }
    }

    private async Task CommitAsync(SchedulerChanges changes)
    {
        while (!changes.IsEmpty)
        {
            try
            {
                await store.CommitAsync(changes);
                return;
            }
            catch (Exception error) when (error is not SchedulerFencedException)
            {
                onFailure(error);
            }

            await Task.Delay(RetryDelay, clock);
        }
    }

    private sealed record Event(Action<SchedulerModel> Apply, Action<HashSet<Attempt>> Answer, Action<Exception> Fail);
}
