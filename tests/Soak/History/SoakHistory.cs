using System.Collections.Immutable;

namespace BlueEdge.Soak.History;

/// <summary>All that a run saw from outside; what the checks judge. Times are since the run began.</summary>
internal sealed record SoakHistory
{
    public required SoakLimits Limits { get; init; }

    /// <summary>When it began, by the clock.</summary>
    public DateTimeOffset Began { get; init; }

    /// <summary>When it was over.</summary>
    public TimeSpan Ended { get; init; }

    /// <summary>All parts of what is tried.</summary>
    public ImmutableArray<string> Parts { get; init; } = [];

    public ImmutableArray<PlannedSession> Sessions { get; init; } = [];

    public ImmutableArray<Submission> Submissions { get; init; } = [];

    public ImmutableArray<Reading> Readings { get; init; } = [];

    public ImmutableArray<StopAnswer> Stops { get; init; } = [];

    public ImmutableArray<Call> Calls { get; init; } = [];

    public ImmutableArray<Outage> Outages { get; init; } = [];

    public ImmutableArray<MemorySample> Memory { get; init; } = [];

    public ImmutableArray<LogLine> Log { get; init; } = [];

    /// <summary>What was there at the end, when nothing was sent any more; <see langword="null"/> where it could not be read.</summary>
    public Rest? Rest { get; init; }
}
