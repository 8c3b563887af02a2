namespace BlueEdge.EngineHost.Engines;

/// <summary>What a run tells of itself while it runs.</summary>
/// <param name="Flow">Counts its items.</param>
/// <param name="Trace">Its spans; <see langword="null"/> where its session has no trace.</param>
/// <param name="Clock">The time.</param>
/// <param name="Ready">Told how long the engine took until it was ready.</param>
/// <param name="Waited">Told how long a write waited that had to.</param>
/// <param name="DeadLettered">Told of an item in whose processing the engine failed.</param>
internal sealed record RunTelemetry(EngineFlow Flow, RunTrace? Trace, TimeProvider Clock, Action<TimeSpan> Ready, Action<TimeSpan> Waited, Action DeadLettered)
{
    /// <summary>That of a run that nobody measures.</summary>
    public static RunTelemetry None(TimeProvider clock) => new(new(), null, clock, _ => { }, _ => { }, () => { });

    /// <summary>Waits for a write, and tells how long that took.</summary>
    public async Task WaitAsync(Task writing)
    {
        var began = Clock.GetTimestamp();
        await writing;
        Waited(Clock.GetElapsedTime(began));
    }
}
