using System.Collections.Concurrent;
using System.Diagnostics;

namespace BlueEdge.Soak.History;

/// <summary>Takes down what is seen while it runs, from many threads.</summary>
internal sealed class Journal(SoakLimits limits)
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<PlannedSession> _sessions = [];
    private readonly ConcurrentQueue<Submission> _submissions = [];
    private readonly ConcurrentQueue<Reading> _readings = [];
    private readonly ConcurrentQueue<StopAnswer> _stops = [];
    private readonly ConcurrentQueue<Call> _calls = [];
    private readonly ConcurrentQueue<Outage> _outages = [];
    private readonly ConcurrentQueue<MemorySample> _memory = [];

    /// <summary>The time since the run began.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    /// <summary>When it began, by the clock.</summary>
    public DateTimeOffset Began { get; } = TimeProvider.System.GetUtcNow();

    public void Add(PlannedSession session) => _sessions.Enqueue(session);

    public void Add(Submission submission) => _submissions.Enqueue(submission);

    public void Add(Reading reading) => _readings.Enqueue(reading);

    public void Add(StopAnswer stop) => _stops.Enqueue(stop);

    public void Add(Call call) => _calls.Enqueue(call);

    public void Add(Outage outage) => _outages.Enqueue(outage);

    public void Add(MemorySample sample) => _memory.Enqueue(sample);

    /// <summary>Ids that an answer had, with the number of their session.</summary>
    public IReadOnlyDictionary<string, int> KnownIds => _submissions
        .Where(submission => submission.SessionId is not null)
        .DistinctBy(submission => submission.SessionId)
        .ToDictionary(submission => submission.SessionId!, submission => submission.Session); // Asked for just above.

    public IReadOnlyList<PlannedSession> Sessions => [.. _sessions];

    /// <summary>What is known of ended sessions, by their ids: the end that was seen first, and when.</summary>
    public IReadOnlyDictionary<string, Reading> Ends => _readings
        .Where(reading => reading.View is { HasEnded: true })
        .DistinctBy(reading => reading.SessionId)
        .ToDictionary(reading => reading.SessionId);

    public SoakHistory ToHistory(IReadOnlyList<string> parts, IEnumerable<LogLine> log, Rest? rest) => new()
    {
        Limits = limits,
        Began = Began,
        Ended = Now,
        Parts = [.. parts],
        Sessions = [.. _sessions.OrderBy(session => session.Number)],
        Submissions = [.. _submissions],
        Readings = [.. _readings],
        Stops = [.. _stops],
        Calls = [.. _calls],
        Outages = [.. _outages],
        Memory = [.. _memory],
        Log = [.. log],
        Rest = rest,
    };
}
