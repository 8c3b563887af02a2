using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.DeadLetters;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.DeadLetters;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Grains.Validation;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Results;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Validation;
using BlueEdge.Webhooks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace BlueEdge.Grains.Sessions;

/// <summary>
/// Owns a session: loads, applies, saves, tells. Here its parts are put together, and calls come in, each on behalf of a caller who
/// is taken off it. All parts run on the grain's scheduler: between two awaits nobody else touches what they hold.
/// </summary>
[GrainType("session"), Reentrant]
internal sealed class SessionGrain : Grain, ISessionGrain, ISessionControl, IRemindable
{
    private readonly ActiveSession _session;
    private readonly SessionSubmissions _submissions;
    private readonly SessionProtocol _protocol;
    private readonly SessionSnapshots _snapshots;
    private readonly SessionReads _reads;
    private readonly SessionWebhooks _webhooks;
    private readonly SessionTaps _taps;
    private readonly SessionDeadlines _deadlines;

    /// <summary>Reads nothing yet: most activations are of new sessions, of which there is nothing to read.</summary>
    public SessionGrain(
        ISessionStore store,
        SubmissionCheck check,
        SchedulerClient scheduler,
        IResultStore results,
        IDeadLetterStore deadLetters,
        IResultNotices notices,
        SentPayloads sent,
        HeaderVault headers,
        WebhookWarnings webhookWarnings,
        SessionEventSinks sinks,
        SiloNews news,
        SiloStopping silo,
        SiloPulse pulse,
        SessionMetrics metrics,
        IGrainRuntime runtime,
        IOptions<SessionOptions> options,
        IOptions<SessionLimits> limits,
        TimeProvider clock,
        ILogger<SessionGrain> logger)
    {
        var id = this.GetPrimaryKeyString();
        var waiters = new SessionWaiters(silo, options, clock);
        _session = new(this, id, new(id, store, news), waiters, pulse, metrics, options, clock);

        // What is told of it.
        _snapshots = new(_session, waiters, scheduler, webhookWarnings);
        _reads = new(_session, waiters, store, results, deadLetters, notices, logger);
        _webhooks = new(_session, GrainFactory);
        _taps = new(_session, waiters);

        // What follows from its state.
        var works = new SessionWorks(_session, clock, logger);
        _deadlines = new(_session, this, runtime, options, clock);
        var slots = new SessionSlots(_session, waiters, works, _deadlines, scheduler, clock);
        var nodes = new SessionNodes(_session, works, _taps, sinks, GrainFactory, options, clock, logger);
        var startData = new SessionStartData(_session, works, results, GrainFactory);
        var inputs = new SessionInputs(_session, works, GrainFactory, clock);
        var telling = new SessionTelling(_session, works, store, sinks, logger);
        var driver = new SessionDriver(_session, waiters, works, _deadlines, slots, nodes, startData, inputs, telling, _reads, logger);
        _session.WhenChanged(driver.Drive);

        // What changes it.
        _submissions = new(_session, waiters, slots, _snapshots, check, sent, headers, sinks, metrics, options, limits, clock);
        _protocol = new(_session, _snapshots, slots, driver, clock);
    }

    /// <summary>Work that is not done is the next activation's.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _session.DeactivateAsync();

    public Task ReceiveReminder(string reminderName, TickStatus status) => _deadlines.RemindedAsync();

    public Task<SubmitResult> SubmitAsync(SessionSpec spec, string? fingerprint, CancellationToken cancellationToken) =>
        RunAsync(spec, fingerprint, TimeSpan.Zero, cancellationToken);

    public Task<SubmitResult> RunAsync(SessionSpec spec, string? fingerprint, TimeSpan atMost, CancellationToken cancellationToken) =>
        _submissions.RunAsync(new(spec) { Caller = CallerContext.Take(), Trace = CallTrace.Take(), Fingerprint = fingerprint, Wait = atMost }, cancellationToken);

    public Task<SessionSnapshot?> FindAsync(CancellationToken cancellationToken) =>
        _snapshots.FindAsync(CallerContext.Take(), cancellationToken);

    public Task<SessionSnapshot?> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        _snapshots.WaitAsync(CallerContext.Take(), atMost, cancellationToken);

    public Task<SessionSnapshot?> WatchAsync(SessionStatus status, int epoch, TimeSpan atMost, CancellationToken cancellationToken) =>
        _snapshots.WatchAsync(CallerContext.Take(), status, epoch, atMost, cancellationToken);

    public Task<SubSessionSnapshot?> FindNodeAsync(string node, CancellationToken cancellationToken) =>
        _snapshots.FindNodeAsync(CallerContext.Take(), node);

    public Task<ImmutableArray<ResultPage>?> ReadResultsAsync(ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken) =>
        _reads.ReadResultsAsync(CallerContext.Take(), queries, cancellationToken);

    public Task<ResultBatch?> FollowResultsAsync(string channel, int epoch, long offset, TimeSpan atMost, CancellationToken cancellationToken) =>
        _reads.FollowResultsAsync(CallerContext.Take(), channel, epoch, offset, atMost, cancellationToken);

    public Task<ImmutableArray<DeadLetter>?> ReadDeadLettersAsync(CancellationToken cancellationToken) =>
        _reads.ReadDeadLettersAsync(CallerContext.Take());

    public Task<SessionEventPage?> FollowEventsAsync(long after, TimeSpan atMost, CancellationToken cancellationToken) =>
        _reads.FollowEventsAsync(CallerContext.Take(), after, atMost, cancellationToken);

    public Task<ImmutableArray<WebhookSnapshot>?> ReadWebhooksAsync(CancellationToken cancellationToken) =>
        _webhooks.ReadAsync(CallerContext.Take(), cancellationToken);

    public Task<WebhookDelivery?> RedeliverAsync(DeliveryId delivery, CancellationToken cancellationToken) =>
        _webhooks.RedeliverAsync(CallerContext.Take(), delivery, cancellationToken);

    public Task<SessionSnapshot?> StopAsync(CancellationToken cancellationToken) =>
        _protocol.StopAsync(CallerContext.Take(), cancellationToken);

    public Task<SubSessionSnapshot?> StopNodeAsync(string node, CancellationToken cancellationToken) =>
        _protocol.StopNodeAsync(CallerContext.Take(), node);

    public Task<InputDefinition?> FindInputAsync(string channel, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        return _snapshots.FindInputAsync(channel);
    }

    public Task<TapDefinition?> WatchTapAsync(string channel, int attached, TimeSpan atMost, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        return _taps.WatchAsync(channel, attached, atMost, cancellationToken);
    }

    public Task<bool> GrantAsync(LeaseGrant grant, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        return _protocol.GrantAsync(grant);
    }

    public Task LostAsync(int epoch, string instance, string reason, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        return _protocol.LostAsync(epoch, instance, reason);
    }

    public Task ReportAsync(SubSessionReport report, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        return _protocol.ReportAsync(report);
    }

    public Task ReportEventsAsync(EngineEventReport report, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        return _protocol.ReportEventsAsync(report);
    }
}
