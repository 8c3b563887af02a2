using BlueEdge.Calls;
using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scaling;

/// <summary>The loads of all engines as they were last made durable, and those who wait for one to change.</summary>
/// <remarks>Used on the scheduler's turns only, but for <see cref="End"/>.</remarks>
internal sealed class LoadBoard
{
    private readonly Dictionary<string, (EngineLoad Load, long Version)> _loads = new(StringComparer.Ordinal);
    private readonly long _first;
    private readonly TimeProvider _clock;
    private TaskCompletionSource _next = NewNext();
    private long _version;
    private volatile bool _ended;

    /// <param name="first">The first version: higher than any that a board of the same scheduler before this one had.</param>
    /// <param name="engines">The engines there are.</param>
    /// <param name="clock">The time.</param>
    public LoadBoard(long first, IEnumerable<EngineState> engines, TimeProvider clock)
    {
        (_first, _version, _clock) = (first, first, clock);
        foreach (var engine in engines)
        {
            _loads[engine.Id] = (LoadOf(engine), first);
        }
    }

    /// <summary>Takes in engines that may have changed, and tells those who wait.</summary>
    public void Put(IEnumerable<EngineState> engines)
    {
        var before = _version;
        foreach (var load in engines.Select(LoadOf).Where(load => _loads.GetValueOrDefault(load.Engine).Load != load))
        {
            _version = before + 1;
            _loads[load.Engine] = (load, _version);
        }

        if (_version > before)
        {
            var told = _next;
            _next = NewNext();
            told.TrySetResult();
        }
    }

    /// <summary>What changed since a version, or null where nothing did for so long, or the board ended.</summary>
    public async Task<LoadReport?> FollowAsync(long known, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (known == _version && atMost > TimeSpan.Zero && !_ended)
        {
            await _next.Task
                .WaitAsync(atMost < LongPoll.LongestTurn ? atMost : LongPoll.LongestTurn, _clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return known == _version || _ended ? null : Since(known);
    }

    /// <summary>Lets those go who wait: the scheduler moves, and would wait for them.</summary>
    public void End()
    {
        _ended = true;
        _next.TrySetResult();
    }

    private LoadReport Since(long known)
    {
        // A version that is none of this board's is of a scheduler before, or after a clock that was set back.
        var isWhole = known < _first || known > _version;
        return new()
        {
            Version = _version,
            IsWhole = isWhole,
            Engines = [.. _loads.Values.Where(each => isWhole || each.Version > known).Select(each => each.Load)],
        };
    }

    private static EngineLoad LoadOf(EngineState engine) => new()
    {
        Engine = engine.Id,
        Waiting = engine.WantedNodes, // No instance is started for what its tenant may not have yet.
        Working = engine.LeasedNodes,
        Slots = engine.Definition?.Slots ?? 0,
    };

    private static TaskCompletionSource NewNext() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
