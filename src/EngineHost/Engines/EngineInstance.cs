using System.Collections.Concurrent;
using BlueEdge.Channels;
using BlueEdge.Results;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Metadata;

namespace BlueEdge.Engines;

/// <summary>One engine in this process: its slots and what runs in them. Safe for concurrent use.</summary>
internal sealed partial class EngineInstance(
    EngineRegistration registration,
    EngineInstanceKey key,
    EngineRuns runs,
    Lazy<IChannelTransport> transport,
    IResultStore results,
    IBlobStore blobs,
    ClaimCheck claimCheck,
    TemporaryFolders folders,
    IGrainFactory grains,
    GrainTypeResolver grainTypes,
    EngineMetrics metrics,
    IOptions<EngineHostOptions> options,
    IOptions<ChannelOptions> channels,
    TimeProvider clock,
    ILogger<EngineInstance> logger)
{
    /// <summary>How long a start waits for the engine to say ready, so that most need no report.</summary>
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CreditPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReportDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestReportDelay = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<SubSessionKey, EngineRun> _runs = new();
    private readonly ConcurrentDictionary<SubSessionKey, TaskCompletionSource> _arrivals = new();
    private readonly ConcurrentDictionary<Task, byte> _reports = new();
    private readonly RecentlyOver _over = new();
    private readonly Lock _lock = new();
    private readonly GrainType _grainType = grainTypes.GetGrainType(registration.Class);

    public string Key { get; } = key.ToString();

    public EngineDefinition Definition => registration.Definition;

    public int Busy => _runs.Count;

    public async Task<SubSessionReport> StartAsync(SubSessionStart start)
    {
        EngineRun run;
        lock (_lock)
        {
            if (_runs.TryGetValue(start.Key, out var present) && present.Start.Epoch >= start.Epoch)
            {
                return present.Start.Epoch == start.Epoch ? present.Report : Refuse(start, SubSessionStatus.Canceled, "a newer attempt runs");
            }

            if (present is not null)
            {
                // Its session has given this attempt up and leased anew.
                present.CutOff(SubSessionStatus.Canceled, "a newer attempt began");
                _runs.TryRemove(start.Key, out _);
            }

            if (_runs.Count >= Definition.Slots)
            {
                LogNoSlot(Key, Definition.Slots, start.Key);
                return Refuse(start, SubSessionStatus.Failed, $"instance {Key} has no free slot");
            }

            run = Create(start);
            _runs[start.Key] = run;
        }

        if (_arrivals.TryRemove(start.Key, out var arrival))
        {
            arrival.SetResult();
        }

        metrics.Started(Definition.Id);
        _ = FollowAsync(run);
        await BeginAsync(run);
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

    /// <summary>Stops an attempt: its token fires now, and after the grace period it is cut off.</summary>
    public void Stop(SubSessionKey subSession, int epoch, string reason)
    {
        if (_runs.TryGetValue(subSession, out var run) && run.Start.Epoch == epoch)
        {
            _ = StopAsync(run, SubSessionStatus.Canceled, reason, run.Start.StopGrace);
        }
    }

    /// <summary>Waits for what runs, and then cuts it off as failed for that reason.</summary>
    public async Task DrainAsync(TimeSpan grace, string reason)
    {
        var running = _runs.Values.ToArray();
        using var patience = new CancellationTokenSource(grace, clock);
        try
        {
            await Task.WhenAll(running.Select(run => run.Ended)).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running.Select(run => StopAsync(run, SubSessionStatus.Failed, reason, TimeSpan.Zero)));
        }
    }

    /// <summary>Waits until the sub-sessions have heard of every end.</summary>
    public Task FlushAsync() => Task.WhenAll(_reports.Keys);

    private static DeliveryReply Gone => new() { NextSequence = 0, CreditItems = 0, CreditBytes = 0, Gone = true };

    private ValueTask<DeliveryReply> Deliver(EngineRun run, ChannelDelivery delivery, CancellationToken cancellationToken)
    {
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
        if (_over.Contains(delivery.Reader, delivery.Epoch))
        {
            return Gone;
        }

        var arrival = _arrivals.GetOrAdd(delivery.Reader, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            if (!_runs.TryGetValue(delivery.Reader, out var run) || run.Start.Epoch < delivery.Epoch)
            {
                await arrival.Task.WaitAsync(CreditPatience, clock, cancellationToken);
            }
        }
        catch (TimeoutException)
        {
            _arrivals.TryRemove(new(delivery.Reader, arrival));
        }

        if (!_runs.TryGetValue(delivery.Reader, out var arrived) || arrived.Start.Epoch < delivery.Epoch)
        {
            return _over.Contains(delivery.Reader, delivery.Epoch)
                ? Gone
                : new() { NextSequence = delivery.FirstSequence, CreditItems = 0, CreditBytes = 0, NotYet = true };
        }

        return arrived.Start.Epoch > delivery.Epoch ? Gone : await Deliver(arrived, delivery, cancellationToken);
    }

    private static SubSessionReport Refuse(SubSessionStart start, SubSessionStatus status, string error) =>
        new() { Node = start.Key.Node, Epoch = start.Epoch, Status = status, Error = error };

    private EngineRun Create(SubSessionStart start) => new(
        start,
        Definition,
        folders.PathOf(start.Key, start.Epoch),
        new Inbox(start.Inputs, options.Value.WindowItems, options.Value.WindowBytes),
        (link, stopping) => new ChannelWriter(
            link, start.Key, start.Epoch, transport.Value, results, options.Value.WindowItems, options.Value.WindowBytes, stopping),
        claimCheck,
        blobs,
        channels.Value.ClaimCheckBytes,
        (run, error) => _ = StopAsync(run, SubSessionStatus.Failed, error, start.StopGrace));

    private async Task BeginAsync(EngineRun run)
    {
        var grainKey = runs.Add(run);
        try
        {
            await grains.GetGrain<IEngineGrain>(GrainId.Create(_grainType, grainKey)).BeginAsync(CancellationToken.None);
        }
        catch (Exception error)
        {
            // The engine's constructor threw, or one of its services could not be made.
            run.CutOff(SubSessionStatus.Failed, $"it could not be activated: {error.GetBaseException().Message}");
        }
    }

    /// <summary>Frees the slot when a run ends, and tells its sub-session until it has heard.</summary>
    private async Task FollowAsync(EngineRun run)
    {
        var report = await run.Ended;
        _over.Add(run.Start.Key, run.Start.Epoch);
        _runs.TryRemove(new(run.Start.Key, run));
        runs.Remove(run);
        metrics.Ended(Definition.Id, report);
        Track(TellAsync(run, report));
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
        _reports.TryAdd(report, 0);
        _ = report.ContinueWith(done => _reports.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task TellAsync(EngineRun run, SubSessionReport report)
    {
        var subSession = grains.GetGrain<ISubSessionGrain>(run.Start.Key.ToString());
        for (var delay = ReportDelay; ; delay = delay * 2 < LongestReportDelay ? delay * 2 : LongestReportDelay)
        {
            try
            {
                await subSession.ReportAsync(report, CancellationToken.None);
                return;
            }
            catch (Exception error)
            {
                LogReportFailed(error, run.Start.Key, report.Status);
            }

            await Task.Delay(delay, clock);
        }
    }

    private async Task StopAsync(EngineRun run, SubSessionStatus status, string reason, TimeSpan grace)
    {
        run.Stop(reason);
        using var patience = new CancellationTokenSource();
        await Task.WhenAny(run.Ended, Task.Delay(grace, clock, patience.Token));
        await patience.CancelAsync();
        if (run.CutOff(status, reason))
        {
            metrics.CutOff(Definition.Id);
            LogCutOff(Definition.Id, run.Start.Key, grace);
        }
    }

    [LoggerMessage(LogLevel.Error, "Instance {Instance} was asked to run more than its {Slots} slots: {Key} is refused")]
    private partial void LogNoSlot(string instance, int slots, SubSessionKey key);

    [LoggerMessage(LogLevel.Warning, "Sub-session {Key} could not be told that it is {Status}; it is tried again")]
    private partial void LogReportFailed(Exception error, SubSessionKey key, SubSessionStatus status);

    [LoggerMessage(LogLevel.Warning, "Engine {Engine} was cut off in {Key}: it did not end within {Grace} of being stopped, and may still use the process")]
    private partial void LogCutOff(string engine, SubSessionKey key, TimeSpan grace);
}
