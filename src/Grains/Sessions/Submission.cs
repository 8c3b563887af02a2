using System.Diagnostics;
using BlueEdge.Callers;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>What goes in: a session to run, and for whom.</summary>
internal sealed record Submission(SessionSpec Spec)
{
    /// <summary>Who submits it; the session belongs to its tenant.</summary>
    public Caller Caller { get; init; } = Caller.Default;

    /// <summary>Where in a trace it was submitted, if in any.</summary>
    public ActivityContext Trace { get; init; }

    /// <summary>Tells specs apart when one id is submitted twice, or <see langword="null"/> to check nothing.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>How long the caller waits for the end.</summary>
    public TimeSpan Wait { get; init; }
}
