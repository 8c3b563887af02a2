using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Sessions;

/// <summary>What follows from a session's state: each piece of work is idempotent and tried until it is done.</summary>
internal sealed partial class SessionGrain
{
    private const string EnlistWork = "enlist";
    private const string ReleaseWork = "release";

    /// <summary>How long a pending session stays in memory for those who ask for it next.</summary>
    private static readonly TimeSpan PendingLinger = TimeSpan.FromSeconds(1);

    private const int StartTries = 3;
    private static readonly TimeSpan StartRetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>How long an ended session stays in memory where somebody is to ask for its results.</summary>
    private static readonly TimeSpan LongestLinger = TimeSpan.FromSeconds(1);

    /// <summary>Pieces of work begun by this activation, by name and attempt.</summary>
    private readonly Dictionary<(string Name, int Epoch), SessionWork> _works = [];
    private readonly Dictionary<string, Task> _starting = new(StringComparer.Ordinal);
    private int _released;

    private SubSessionKey StartDataProducer => new(SessionId, ChannelEnd.StartData.Name);

    /// <summary>Begins what is due in the present state, unless it was begun already.</summary>
    private void Drive()
    {
        var state = _state.Current;
        Release(state);
        LimitDuration(state);
        TellListeners(state);
        switch (state.Status)
        {
            case SessionStatus.Pending:
                WorkWhile(state, EnlistWork, EnlistAsync);
                break;
            case SessionStatus.Queuing:
                WorkWhile(state, "start", StartNodesAsync);
                SetDeadline(state, state.LeasedAt + options.Value.PrepareTimeout, current =>
                    current.TimeOutPreparing(Spec, state.Epoch, options.Value.PrepareTimeout, clock.GetUtcNow()));
                break;
            case SessionStatus.Processing:
                if (state.OwesStartData)
                {
                    WorkWhile(state, "store start data", StoreStartDataAsync);
                }
                else
                {
                    WorkWhile(state, "feed", SendStartDataAsync);
                }

                WorkWhile(state, "confirm", ConfirmAsync);
                StopNodesAlone(state);
                break;
            case SessionStatus.Stopping:
                WorkWhile(state, "stop", StopNodesAsync);
                SetDeadline(state, state.StoppingAt + options.Value.StopGrace + CutOffMargin, current =>
                    current.CutOff(Spec, state.Epoch, clock.GetUtcNow()));
                break;
            default:
                Work(state, "close", CloseAsync, () => true);
                break;
        }
    }

    /// <summary>Waits until the session stands in the queue, or is beyond it; throws what keeps it from that.</summary>
    private Task EnlistedAsync() => _state.Current is { Status: SessionStatus.Pending, Epoch: var epoch }
        && _works.TryGetValue((EnlistWork, epoch), out var enlisting) ? enlisting.Try : Task.CompletedTask;

    private void WorkWhile(SessionState state, string name, Func<SessionState, Task> work) =>
        Work(state, name, work, () => _state.Current.Status == state.Status && _state.Current.Epoch == state.Epoch);

    private void Work(SessionState state, string name, Func<SessionState, Task> work, Func<bool> isDue)
    {
        if (!_works.ContainsKey((name, state.Epoch)))
        {
            _works.Add((name, state.Epoch), new SessionWork(
                () => work(state), isDue, clock, (error, tries) => LogFailure(error, tries, state.Epoch, name), _deactivated.Token).Begin());
        }
    }

    private async Task EnlistAsync(SessionState state)
    {
        if (state.NotBefore - clock.GetUtcNow() is { } backoff && backoff > TimeSpan.Zero)
        {
            await RemindAsync(backoff);
            await scheduler.WithdrawAsync(SessionId, state.Epoch - 1);
            await Task.Delay(backoff, clock, _deactivated.Token);
            if (_state.Current.Status is not SessionStatus.Pending)
            {
                return;
            }
        }

        // Enlisting an attempt also frees what the one before it still held.
        var grant = await scheduler.EnlistAsync(new()
        {
            SessionId = SessionId,
            Epoch = state.Epoch,
            Rank = Spec.Rank,
            SubmittedAt = state.SubmittedAt,
            Demands = Plan.Demands,
        });
        if (state.NotBefore is not null)
        {
            // Nobody else wakes a session that waits in the queue when its time is over.
            await (grant is null && state.RunsOutAt(Spec) is { } end ? RemindAsync(end - clock.GetUtcNow()) : ForgetReminderAsync());
        }

        if (_state.Current.Status.IsTerminal())
        {
            // A stop came while the request was under way: it must not stay in the queue.
            await scheduler.WithdrawAsync(SessionId, state.Epoch);
        }
        else if (grant is not null)
        {
            // Not awaited, so that who submitted is answered; nobody else would tell it again for a minute.
            WorkWhile(state, "take its slots", _ => GrantAsync(grant, CancellationToken.None));
        }
        else
        {
            _ = LeaveAsync(state);
        }
    }

    /// <summary>A session that waits for slots need not be in memory: the scheduler wakes it with its grant.</summary>
    private async Task LeaveAsync(SessionState state)
    {
        await Task.Delay(PendingLinger, clock);
        if (ReferenceEquals(_state.Current, state) && _waiting == 0)
        {
            DeactivateOnIdle();
        }
    }

    private async Task StartNodesAsync(SessionState state)
    {
        var starts = Plan.Starts(SessionId, state, options.Value.StopGrace);
        var outstanding = starts.Length;
        List<SubSessionReport> held = [];
        foreach (var start in starts)
        {
            _starting[start.Key.Node] = StartAsync(start);
        }

        await Task.WhenAll(_starting.Values);
        async Task StartAsync(SubSessionStart start)
        {
            // Only now may the list be looked at: those that answered meanwhile have put another one there.
            var report = await StartNodeAsync(start);
            held.Add(report);
            outstanding--;

            // Nodes that are ready at about the same time make one change, and one write. Bad news does not wait.
            if (outstanding == 0 || report.Status.IsTerminal())
            {
                var reports = held;
                held = [];
                await HearAsync(state, reports);
            }
        }
    }

    /// <summary>
    /// Notes what instances answered, until it is stored: they do not say again that they refused, and a session that stops
    /// already would wait for them until they are cut off.
    /// </summary>
    private Task HearAsync(SessionState state, List<SubSessionReport> reports) => new SessionWork(
        () => ChangeAsync(current => reports.Aggregate(current, (next, one) => next.Report(Spec, one, clock.GetUtcNow()))),
        () => _state.Current.IsRunning && _state.Current.Epoch == state.Epoch,
        clock,
        (error, tries) => LogFailure(error, tries, state.Epoch, "note what its instances answered"),
        _deactivated.Token).Begin().Done;

    /// <summary>
    /// Has the instance begin. It answers with what it knows soon: often ready, else that comes as a report. What the engine calls it
    /// calls on behalf of the session's tenant.
    /// </summary>
    private async Task<SubSessionReport> StartNodeAsync(SubSessionStart start)
    {
        CallerContext.Enter(Caller.Of(_state.Current.Tenant));
        var instance = GrainFactory.Find<IEngineInstanceGrain>(start.Lease.Instance);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await instance.StartAsync(start, CancellationToken.None);
            }
            catch (Exception error)
            {
                LogStartFailed(error, start.Key, start.Epoch, start.Lease.Instance, attempt);
                if (error is SiloUnavailableException || attempt == StartTries)
                {
                    return new()
                    {
                        Node = start.Key.Node,
                        Epoch = start.Epoch,
                        Status = SubSessionStatus.Failed,
                        Error = error is SiloUnavailableException ? SubSessionReport.Lost : $"its engine instance could not be reached: {error.Message}",
                    };
                }
            }

            await Task.Delay(StartRetryDelay * attempt, clock);
        }
    }

    /// <summary>Stores what the session owes to readers of its results before any engine gets it, for engines may end before it is read.</summary>
    private async Task StoreStartDataAsync(SessionState state)
    {
        await Task.WhenAll(Plan.StartData(state).Where(data => data.Link.Interested).Select(data => results.AppendAsync(
            StartDataProducer,
            state.Epoch,
            data.Link.Channel,
            data.Link.IsOnlyProducer,
            0,
            data.Items,
            CancellationToken.None).AsTask()));
        await ChangeAsync(current => current.StoreStartData(state.Epoch));
    }

    private Task SendStartDataAsync(SessionState state)
    {
        return Task.WhenAll(Plan.StartData(state).SelectMany(data => data.Link.Readers.Select(reader => SendAsync(data.Link, reader, data.Items))));

        async Task SendAsync(OutputLink link, ChannelEnd reader, ImmutableArray<Payload> items)
        {
            // They are in memory all the time, so that no window keeps them out of it.
            var route = new InstanceRoute(GrainFactory.Find<IEngineInstanceGrain>(reader.Instance));
            var sending = ReaderLink.Open(link, reader, StartDataProducer, state.Epoch, route, int.MaxValue, long.MaxValue, _deactivated.Token);
            for (var i = 0; i < items.Length - 1; i++)
            {
                await sending.WriteAsync(items[i]);
            }

            await sending.EndAsync(items[^1]);
        }
    }

    private Task ConfirmAsync(SessionState state) =>
        scheduler.ConfirmAsync(new() { SessionId = SessionId, Epoch = state.Epoch });

    private async Task StopNodesAsync(SessionState state)
    {
        var reason = ErrorText.Cut(state.Reason ?? "the session stops", ErrorText.LongestOfMany);
        await Task.WhenAll(Spec.Nodes
            .Zip(_state.Current.Nodes)
            .Where(node => node.Second is { IsOver: false, Instance: not null })
            .Select(node => StopAsync(node.First.Name, node.Second.Instance!))); // Asked for just above.
        async Task StopAsync(string node, string instance)
        {
            await StopOnInstanceAsync(node, instance);

            // A start that is tried again would come after it.
            if (_starting.TryGetValue(node, out var starting) && !starting.IsCompleted)
            {
                await starting.ContinueWith(_ => { }, TaskScheduler.Current);
                await StopOnInstanceAsync(node, instance);
            }
        }

        Task StopOnInstanceAsync(string node, string instance) =>
            GrainFactory.Find<IEngineInstanceGrain>(instance).StopAsync(new(SessionId, node), state.Epoch, reason, CancellationToken.None);
    }

    /// <summary>Gives back the slots of nodes that are over. Totals may be told again.</summary>
    private void Release(SessionState state)
    {
        var over = state.Nodes.Count(node => node.IsOver && node.Instance is not null);
        if (over > _released)
        {
            _released = over;
            Work(state, $"{ReleaseWork}-{over}", ReleaseAsync, () => true);
        }
        else if (over < _released)
        {
            _released = 0; // A new attempt.
        }
    }

    private Task ReleaseAsync(SessionState state) => scheduler.ReleaseAsync(new()
    {
        SessionId = SessionId,
        Epoch = state.Epoch,
        Released =
        [
            .. Spec.Nodes
                .Zip(state.Nodes, (spec, node) => (spec.Engine, node))
                .Where(pair => pair.node is { IsOver: true, Instance: not null })
                .CountBy(pair => new Lease { Engine = pair.Engine, Instance = pair.node.Instance! }) // Asked for just above.
                .Select(pair => new ReleasedSlots { Lease = pair.Key, Total = pair.Value }),
        ],
    });

    private async Task CloseAsync(SessionState state)
    {
        EndDeadlines();
        if (_running > 0)
        {
            // The last of them were stored before the end.
            _firstPages = ReadFirstPagesAsync(state);
        }

        _ended.TrySetResult();
        LogEnded(SessionId, state.Status, ErrorText.Escape(state.Reason));
        if (state.Nodes.All(node => node.Instance is null))
        {
            await scheduler.WithdrawAsync(SessionId, state.Epoch);
        }

        await _telling;
        await Task.WhenAll(_works
            .Where(work => work.Key.Name.StartsWith(ReleaseWork, StringComparison.Ordinal))
            .Select(work => work.Value.Done));
        if (_isAskedForResults)
        {
            await Task.Delay(options.Value.Retention < LongestLinger ? options.Value.Retention : LongestLinger, clock);
        }

        DeactivateOnIdle();
    }

    /// <summary>What goes on for long is told once with its stack: there may be many sessions, and one cause.</summary>
    private void LogFailure(Exception error, int tries, int epoch, string work)
    {
        if (tries == 1)
        {
            LogWorkFailed(error, SessionId, epoch, work);
        }
        else
        {
            LogWorkFailedAgain(SessionId, epoch, work, tries, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Session {SessionId} ended as {Status}: {Reason}")]
    private partial void LogEnded(string sessionId, SessionStatus status, string? reason);

    [LoggerMessage(LogLevel.Warning, "Session {SessionId} (attempt {Epoch}) could not {Work}; it is tried again")]
    private partial void LogWorkFailed(Exception error, string sessionId, int epoch, string work);

    [LoggerMessage(LogLevel.Debug, "Session {SessionId} (attempt {Epoch}) could not {Work}, try {Tries}: {Said}")]
    private partial void LogWorkFailedAgain(string sessionId, int epoch, string work, int tries, string said);

    [LoggerMessage(LogLevel.Warning, "Sub-session {Key} (attempt {Epoch}) could not be started on {Instance}, try {Attempt}")]
    private partial void LogStartFailed(Exception error, SubSessionKey key, int epoch, string instance, int attempt);
}
