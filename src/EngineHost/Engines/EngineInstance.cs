using System.Collections.Concurrent;
using System.Diagnostics;
using BlueEdge.Calls;
using BlueEdge.EngineHost.Channels;
using BlueEdge.EngineHost.Channels.Taps;
using BlueEdge.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.DeadLetters;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Metadata;

namespace BlueEdge.EngineHost.Engines;

/// <summary>One engine in this process: its slots and what runs in them. Safe for concurrent use.</summary>
internal sealed partial class EngineInstance(
    EngineRegistration registration,
    EngineInstanceKey key,
    EngineRuns runs,
    ChannelWriters writers,
    ChannelTaps taps,
    EngineEventReporters reporters,
    PayloadStore payloads,
    IDeadLetterStore deadLetters,
    TemporaryFolders folders,
    IGrainFactory grains,
    GrainTypeResolver grainTypes,
    EngineMetrics metrics,
    IOptions<EngineHostOptions> options,
    TimeProvider clock,
    ILogger<EngineInstance> logger)
{
    /// <summary>How long a start waits for the engine to say ready, so that most need no report.</summary>
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CreditPatience = TimeSpan.FromSeconds(10);
    private static readonly Backoff Reports = new(First: TimeSpan.FromMilliseconds(200), Longest: TimeSpan.FromSeconds(2));

    private readonly ConcurrentDictionary<SubSessionKey, EngineRun> _runs = new();
    private readonly ConcurrentDictionary<Task, byte> _untold = new();
    private readonly Arrivals _arrivals = new();
    private readonly RecentlyOver _over = new();
    private readonly Lock _lock = new();
    private readonly GrainType _grainType = grainTypes.GetGrainType(registration.Class);
    private bool _drained;

    public string Key { get; } = key.ToString();

    public EngineDefinition Definition => registration.Definition;

    public int Busy => _runs.Count;

    public async Task<SubSessionReport> StartAsync(SubSessionStart start)
    {
        EngineRun run;
        lock (_lock)
        {
            if (FindAnswer(start) is { } answer)
            {
                return answer;
            }

            run = Create(start);
            _runs[start.Key] = run;
        }

        _arrivals.Announce(start.Key);
        metrics.Started(Definition.Id);
        var grainKey = runs.Add(run);
        Track(FollowAsync(run));
        _ = BeginAsync(run, grainKey);
        try
        {
            await Task.WhenAny(run.Ready, run.Ended).WaitAsync(ReadyPatience, clock);
        }
        catch (TimeoutException)
        {
            Track(TellReadyAsync(run));
        }

        return run.Report;
    }

    public ValueTask<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken) =>
        _runs.TryGetValue(delivery.Reader, out var run) && run.Start.Epoch == delivery.Epoch
            ? Deliver(run, delivery, cancellationToken)
            : DeliverUnknownAsync(delivery, cancellationToken);

    /// <summary>
    /// Has a node send what it writes to a channel to those who listen: one that runs, or one that is over and has not sent all. Of one that
    /// is over it answers how much that wrote. One that is not known may be about to begin, and is waited for where the order says so.
    /// </summary>
    public async Task<TapPlace> TapAsync(TapOrder order, CancellationToken cancellationToken)
    {
        if (order.Waits && FindPlace(order) is null)
        {
            await _arrivals.WaitAsync(order.Writer, () => FindPlace(order) is not null, CreditPatience, clock, cancellationToken);
        }

        return FindPlace(order) ?? new();
    }

    /// <summary>Takes items that came through the mailbox, where their reader runs; it was asked for room before.</summary>
    public void Take(ChannelDelivery delivery)
    {
        if (_runs.TryGetValue(delivery.Reader, out var run) && run.Start.Epoch == delivery.Epoch)
        {
            run.Telemetry.Trace?.Link(delivery);
            run.Inbox.Take(delivery);
        }
    }

    /// <summary>
    /// Stops an attempt: its token fires now, and after the grace period it is cut off. One whose start is still on its way
    /// will not begin.
    /// </summary>
    public void Stop(SubSessionKey subSession, int epoch, string reason)
    {
        lock (_lock)
        {
            if (_runs.TryGetValue(subSession, out var run) && run.Start.Epoch >= epoch)
            {
                if (run.Start.Epoch == epoch)
                {
                    _ = StopAsync(run, SubSessionStatus.Canceled, reason, run.Start.StopGrace);
                }
            }
            else
            {
                _over.Add(subSession, new() { Node = subSession.Node, Epoch = epoch, Status = SubSessionStatus.Canceled, Error = reason }, clock.GetUtcNow());
                _arrivals.Announce(subSession);
            }
        }
    }

    /// <summary>
    /// Stops an attempt of a session that goes on without it: as above, and its readers get what it has written. Its session asks
    /// once all its nodes are ready, so one that is not here is over.
    /// </summary>
    public void StopAlone(SubSessionKey subSession, int epoch, string reason)
    {
        if (_runs.TryGetValue(subSession, out var run) && run.Start.Epoch == epoch)
        {
            _ = NoteCutOffAsync(run, run.StopAloneAsync(reason, run.Start.StopGrace, clock), run.Start.StopGrace);
        }
    }

    /// <summary>Waits for what runs, and for what was leased before and begins meanwhile; then cuts it off as failed for that reason. Returns how many that were.</summary>
    public async Task<int> DrainAsync(TimeSpan grace, string reason, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(grace, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            while (FindUnended() is { Length: > 0 } running)
            {
                await Task.WhenAll(running.Select(run => run.Ended)).WaitAsync(patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // What is left has had its time.
        }

        lock (_lock)
        {
            _drained = true;
        }

        var cut = FindUnended();
        await Task.WhenAll(cut.Select(run => StopAsync(run, SubSessionStatus.Failed, reason, TimeSpan.Zero)));
        return cut.Length;
    }

    /// <summary>Waits until the sessions have heard of every end.</summary>
    public Task FlushAsync() => Task.WhenAll(_untold.Keys);

    private static DeliveryReply Gone => new() { NextSequence = 0, CreditItems = 0, CreditBytes = 0, Gone = true };

    private TapPlace? FindPlace(TapOrder order)
    {
        var sending = _runs.TryGetValue(order.Writer, out var run) && run.Start.Epoch == order.Epoch ? run.Tap(order) : null;
        return (sending ?? taps.Find(order)?.Restart(order.Ring)) is { } next ? new() { Next = next }
            : _over.FindWritten(order.Writer, order.Epoch, order.Channel) is { } written ? new() { Next = written, IsOver = true }
            : null;
    }

    private EngineRun[] FindUnended() => [.. _runs.Values.Where(run => !run.Ended.IsCompleted)];

    /// <summary>The answer to a start that begins nothing, or <see langword="null"/> where a slot is free for it. To be called under the lock.</summary>
    private SubSessionReport? FindAnswer(SubSessionStart start)
    {
        if (_runs.TryGetValue(start.Key, out var present))
        {
            if (present.Start.Epoch >= start.Epoch && present.Start.SubmittedAt >= start.SubmittedAt)
            {
                return present.Start.Epoch == start.Epoch ? present.Report : Refuse(start, "newer-attempt", SubSessionStatus.Canceled, "a newer attempt runs");
            }

            // Its session has given this attempt up and leased anew.
            present.CutOff(SubSessionStatus.Canceled, "a newer attempt began");
            _runs.TryRemove(start.Key, out _);
        }

        if (_over.Find(start.Key, start.Epoch, start.SubmittedAt) is { } end)
        {
            return end.Epoch == start.Epoch ? end : Refuse(start, "newer-attempt", SubSessionStatus.Canceled, "a newer attempt ran");
        }

        if (_drained)
        {
            // To its session this host is gone, as the scheduler will find, which did not hear of the leave.
            return Refuse(start, "drained", SubSessionStatus.Failed, SubSessionReport.Lost);
        }

        if (_runs.Count >= Definition.Slots)
        {
            LogNoSlot(Key, Definition.Slots, start.Key);
            return Refuse(start, "no-slot", SubSessionStatus.Failed, $"instance {Key} has no free slot");
        }

        return null;
    }

    private ValueTask<DeliveryReply> Deliver(EngineRun run, ChannelDelivery delivery, CancellationToken cancellationToken)
    {
        run.Telemetry.Trace?.Link(delivery);
        return delivery.Items.IsEmpty && !delivery.Ended ? AskAsync() : new(run.Inbox.Accept(delivery));

        async ValueTask<DeliveryReply> AskAsync()
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var timeout = clock.CreateTimer(_ => patience.Cancel(), null, CreditPatience, Timeout.InfiniteTimeSpan);
            return await run.Inbox.AcceptWithRoomAsync(delivery, patience.Token);
        }
    }

    /// <summary>
    /// Items for a run that is not here: over, or not yet begun, for an engine may write while it prepares, and others are
    /// still on their way. So it waits for a while.
    /// </summary>
    private async ValueTask<DeliveryReply> DeliverUnknownAsync(ChannelDelivery delivery, CancellationToken cancellationToken)
    {
        await _arrivals.WaitAsync(delivery.Reader, () => IsKnown(delivery), CreditPatience, clock, cancellationToken);
        if (_runs.TryGetValue(delivery.Reader, out var run) && run.Start.Epoch >= delivery.Epoch)
        {
            return run.Start.Epoch > delivery.Epoch ? Gone : await Deliver(run, delivery, cancellationToken);
        }

        return _over.Find(delivery.Reader, delivery.Epoch) is null
            ? new() { NextSequence = delivery.FirstSequence, CreditItems = 0, CreditBytes = 0, NotYet = true }
            : Gone;
    }

    private bool IsKnown(ChannelDelivery delivery) =>
        (_runs.TryGetValue(delivery.Reader, out var run) && run.Start.Epoch >= delivery.Epoch)
        || _over.Find(delivery.Reader, delivery.Epoch) is not null;

    private SubSessionReport Refuse(SubSessionStart start, string reason, SubSessionStatus status, string error)
    {
        metrics.Refused(Definition.Id, reason);
        return new() { Node = start.Key.Node, Epoch = start.Epoch, Status = status, Error = error };
    }

    private EngineRun Create(SubSessionStart start) => new(
        start,
        Definition,
        folders.PathOf(start.Key, start.Epoch),
        new Inbox(start.Inputs, options.Value.WindowItems, options.Value.WindowBytes),
        (link, stopping) => writers.Open(link, start.Key, start.Epoch, stopping),
        stopping => reporters.Open(start, stopping),
        payloads,
        new(
            metrics.FlowOf(Definition.Id),
            RunTrace.Begin(start),
            clock,
            took => metrics.Ready(Definition.Id, took),
            took => metrics.Waited(Definition.Id, took),
            () => metrics.DeadLettered(Definition.Id)),
        letter => deadLetters.KeepAsync(start.Key.SessionId, letter),
        (run, error) => _ = StopAsync(run, SubSessionStatus.Failed, error, start.StopGrace));

    /// <summary>Activates the engine, off the caller's turn: its constructor may take its time, for example to load a model.</summary>
    private Task BeginAsync(EngineRun run, string grainKey) => Task.Factory.StartNew(
        async () =>
        {
            // What the engine does while it prepares is below that.
            Activity.Current = run.Telemetry.Trace?.Preparing ?? Activity.Current;
            try
            {
                await ActivateAsync(run, grains.Find<IEngineGrain>(GrainId.Create(_grainType, grainKey)));
            }
            catch (Exception error)
            {
                // The engine's constructor threw, or one of its services could not be made.
                LogEngineFailed(ErrorText.ForLog(error), Definition.Id, run.Start.Key);
                run.CutOff(SubSessionStatus.Failed, ErrorText.Cut($"it could not be activated: {error.GetBaseException().Message}"));
            }
        },
        CancellationToken.None,
        TaskCreationOptions.DenyChildAttach,
        TaskScheduler.Default).Unwrap();

    private static async Task ActivateAsync(EngineRun run, IEngineGrain engine)
    {
        while (!run.Ended.IsCompleted)
        {
            try
            {
                await engine.BeginAsync(CancellationToken.None);
                return;
            }
            catch (TimeoutException)
            {
                // It is still being made; beginning again waits for the same activation.
            }
        }
    }

    /// <summary>Frees the slot when a run ends, and tells its session until it has heard.</summary>
    private async Task FollowAsync(EngineRun run)
    {
        var report = await run.Ended;
        _over.Add(run.Start.Key, report, run.Start.SubmittedAt, run.EndTaps());
        _runs.TryRemove(new(run.Start.Key, run));
        runs.Remove(run);
        _arrivals.Announce(run.Start.Key);
        metrics.Ended(Definition.Id, report, clock.GetElapsedTime(run.Began));
        run.Telemetry.Trace?.End(report);
        if (run.Failure is { } failure)
        {
            LogEngineFailed(ErrorText.ForLog(failure), Definition.Id, run.Start.Key);
        }

        await TellAsync(run, report);
    }

    private async Task TellReadyAsync(EngineRun run)
    {
        if (await Task.WhenAny(run.Ready, run.Ended) == run.Ready)
        {
            await TellAsync(run, run.Report);
        }
    }

    private void Track(Task report)
    {
        _untold.TryAdd(report, 0);
        _ = report.ContinueWith(done => _untold.TryRemove(done, out _), TaskScheduler.Default);
    }

    private Task TellAsync(EngineRun run, SubSessionReport report) => PatientCall.MakeAsync(
        () => grains.Find<ISessionControl>(run.Start.Key.SessionId).ReportAsync(report, CancellationToken.None),
        (error, _) =>
        {
            LogReportFailed(error, run.Start.Key, report.Status);
            return true;
        },
        Reports,
        clock,
        CancellationToken.None);

    private Task StopAsync(EngineRun run, SubSessionStatus status, string reason, TimeSpan grace) =>
        NoteCutOffAsync(run, run.StopAsync(status, reason, grace, clock), grace);

    private async Task NoteCutOffAsync(EngineRun run, Task<bool> stopping, TimeSpan grace)
    {
        if (await stopping)
        {
            metrics.CutOff(Definition.Id);
            LogCutOff(Definition.Id, run.Start.Key, grace);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Engine {Engine} threw in {Key}")]
    private partial void LogEngineFailed(Exception error, string engine, SubSessionKey key);

    [LoggerMessage(LogLevel.Error, "Instance {Instance} was asked to run more than its {Slots} slots: {Key} is refused")]
    private partial void LogNoSlot(string instance, int slots, SubSessionKey key);

    [LoggerMessage(LogLevel.Warning, "The session of {Key} could not be told that it is {Status}; it is tried again")]
    private partial void LogReportFailed(Exception error, SubSessionKey key, SubSessionStatus status);

    [LoggerMessage(LogLevel.Warning, "Engine {Engine} was cut off in {Key}: it did not end within {Grace} of being stopped, and may still use the process")]
    private partial void LogCutOff(string engine, SubSessionKey key, TimeSpan grace);
}
