using System.Collections.Concurrent;
using System.Globalization;
using BlueEdge.Engines;

namespace BlueEdge.EngineHost.Engines;

/// <summary>The runs of this process, by the keys of the engine grains that work on them.</summary>
internal sealed class EngineRuns : IEngineHost
{
    private readonly ConcurrentDictionary<string, EngineRun> _runs = new(StringComparer.Ordinal);

    /// <summary>Ends with the next change; there is one only while somebody waits for it.</summary>
    private TaskCompletionSource? _changed;

    /// <summary>How many there are.</summary>
    public int Count => _runs.Count;

    /// <summary>Ends when there are more or fewer.</summary>
    public Task Changed
    {
        get
        {
            TaskCompletionSource fresh = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _changed, fresh, null) ?? fresh).Task;
        }
    }

    /// <summary>Makes a run known, and returns the key for its engine grain.</summary>
    public string Add(EngineRun run)
    {
        var key = KeyOf(run);
        _runs[key] = run;
        TellChange();
        return key;
    }

    public void Remove(EngineRun run)
    {
        _runs.TryRemove(new(KeyOf(run), run));
        TellChange();
    }

    public IEngineRun Attach(string key) => _runs.GetValueOrDefault(key)
        ?? throw new BlueEdgeException($"No run '{key}' is in this process: it is over, or the engine was called by something else than its instance.");

    private void TellChange() => Interlocked.Exchange(ref _changed, null)?.TrySetResult();

    /// <summary>Of one attempt of one session, also where another had its id before: an engine that was cut off keeps its grain.</summary>
    private static string KeyOf(EngineRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Start.Key}/{run.Start.Epoch}/{run.Start.SubmittedAt.UtcTicks:x}");
}
