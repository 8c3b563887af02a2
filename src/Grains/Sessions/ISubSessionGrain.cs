using Orleans.Concurrency;

namespace BlueEdge.Sessions;

/// <summary>One node of one session, keyed by <see cref="SubSessionKey"/>. It lives on core silos and so outlives its engine.</summary>
[Alias("blueedge.sub-session")]
internal interface ISubSessionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts an attempt: persists it, then has its engine instance prepare. Answers with what is known then: often Ready,
    /// else Preparing, and Ready comes as a report. An older epoch is stale and answered as Canceled.
    /// </summary>
    [Alias("start")]
    Task<SubSessionReport> StartAsync(SubSessionStart start, CancellationToken cancellationToken);

    /// <summary>Takes the engine instance's word, persists an end, and passes it to the session.</summary>
    [Alias("report")]
    Task ReportAsync(SubSessionReport report, CancellationToken cancellationToken);

    /// <summary>Tells the engine to wind down within the grace period; the end comes as a report.</summary>
    [Alias("stop"), AlwaysInterleave]
    Task StopAsync(int epoch, string reason, CancellationToken cancellationToken);
}
