using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Scheduling;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Sessions;

/// <summary>What follows from a session's state: each piece of work is idempotent and tried until it is done.</summary>
internal sealed partial class SessionGrain
{
    private const string EnlistWork = "enlist";
    private const string ReleaseWork = "release";

    /// <summary>How long a pending session stays in memory for those who ask for it next.</summary>
    private static readonly TimeSpan PendingLinger = TimeSpan.FromSeconds(1);

    private const int StartTries = 3;
    private static readonly TimeSpan StartRetryDelay = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, Task> _starting = new(StringComparer.Ordinal);
    private int _released;

    private SubSessionKey StartDataProducer => new(_session.Id, ChannelEnd.StartData.Name);

    /// <summary>Begins what is due in the present state, unless it was begun already.</summary>
    private void Drive()
    {
        var state = _session.State;
        Release(state);
        LimitDuration(state);
        TellListeners(state);
        switch (state.Status)
        {
            case SessionStatus.Pending:
                _works.BeginWhile(state, EnlistWork, EnlistAsync);
                break;
            case SessionStatus.Queuing:
                _works.BeginWhile(state, "start", StartNodesAsync);
                SetDeadline(state, state.LeasedAt + options.Value.PrepareTimeout, current =>
                    current.TimeOutPreparing(_session.Spec, state.Epoch, options.Value.PrepareTimeout, clock.GetUtcNow()));
                break;
            case SessionStatus.Processing:
                if (state.OwesStartData)
                {
                    _works.BeginWhile(state, "store start data", StoreStartDataAsync);
                }
                else
                {
                    _works.BeginWhile(state, "feed", SendStartDataAsync);
                }

                _works.BeginWhile(state, "confirm", ConfirmAsync);
                StopNodesAlone(state);
                break;
            case SessionStatus.Stopping:
                _works.BeginWhile(state, "stop", StopNodesAsync);
                SetDeadline(state, state.StoppingAt + options.Value.StopGrace + CutOffMargin, current =>
                    current.CutOff(_session.Spec, state.Epoch, clock.GetUtcNow()));
                break;
            default:
                _works.Begin(state, "close", CloseAsync, () => true);
                break;
        }
    }

    /// <summary>Waits until the session stands in the queue, or is beyond it; throws what keeps it from that.</summary>
    private Task EnlistedAsync() =>
        _session.State is { Status: SessionStatus.Pending, Epoch: var epoch } ? _works.TryOf(EnlistWork, epoch) : Task.CompletedTask;

    private async Task EnlistAsync(SessionState state)
    {
        if (state.NotBefore - clock.GetUtcNow() is { } backoff && backoff > TimeSpan.Zero)
        {
            await RemindAsync(backoff);
            await scheduler.WithdrawAsync(_session.Id, state.Epoch - 1);
            await Task.Delay(backoff, clock, _session.Deactivated);
            if (_session.State.Status is not SessionStatus.Pending)
            {
                return;
            }
        }

        // Enlisting an attempt also frees what the one before it still held.
        var grant = await scheduler.EnlistAsync(new()
        {
            SessionId = _session.Id,
            Epoch = state.Epoch,
            Rank = _session.Spec.Rank,
            SubmittedAt = state.SubmittedAt,
            Demands = _session.Plan.Demands,
        });
        if (state.NotBefore is not null)
        {
            // Nobody else wakes a session that waits in the queue when its time is over.
            await (grant is null && state.RunsOutAt(_session.Spec) is { } end ? RemindAsync(end - clock.GetUtcNow()) : ForgetReminderAsync());
        }

        if (_session.State.Status.IsTerminal())
        {
            // A stop came while the request was under way: it must not stay in the queue.
            await scheduler.WithdrawAsync(_session.Id, state.Epoch);
        }
        else if (grant is not null)
        {
            // Not awaited, so that who submitted is answered; nobody else would tell it again for a minute.
            _works.BeginWhile(state, "take its slots", _ => GrantAsync(grant, CancellationToken.None));
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
        if (ReferenceEquals(_session.State, state) && !_waiters.Any)
        {
            DeactivateOnIdle();
        }
    }

    private async Task StartNodesAsync(SessionState state)
    {
        var starts = _session.Plan.Starts(_session.Id, state, options.Value.StopGrace);
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
    private Task HearAsync(SessionState state, List<SubSessionReport> reports) => _works.DoAsync(
        state.Epoch,
        "note what its instances answered",
        () => _session.ChangeAsync(current => reports.Aggregate(current, (next, one) => next.Report(_session.Spec, one, clock.GetUtcNow()))),
        () => _session.State.IsRunning && _session.State.Epoch == state.Epoch);

    /// <summary>
    /// Has the instance begin. It answers with what it knows soon: often ready, else that comes as a report. What the engine calls it
    /// calls on behalf of the session's tenant.
    /// </summary>
    private async Task<SubSessionReport> StartNodeAsync(SubSessionStart start)
    {
        CallerContext.Enter(Caller.Of(_session.State.Tenant));
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
        await Task.WhenAll(_session.Plan.StartData(state).Where(data => data.Link.Interested).Select(data => results.AppendAsync(
            StartDataProducer,
            state.Epoch,
            data.Link.Channel,
            data.Link.IsOnlyProducer,
            0,
            data.Items,
            CancellationToken.None).AsTask()));
        await _session.ChangeAsync(current => current.StoreStartData(state.Epoch));
    }

    private Task SendStartDataAsync(SessionState state)
    {
        return Task.WhenAll(_session.Plan.StartData(state).SelectMany(data => data.Link.Readers.Select(reader => SendAsync(data.Link, reader, data.Items))));

        async Task SendAsync(OutputLink link, ChannelEnd reader, ImmutableArray<Payload> items)
        {
            // They are in memory all the time, so that no window keeps them out of it.
            var route = new InstanceRoute(GrainFactory.Find<IEngineInstanceGrain>(reader.Instance));
            var sending = ReaderLink.Open(link, reader, StartDataProducer, state.Epoch, route, int.MaxValue, long.MaxValue, _session.Deactivated);
            for (var i = 0; i < items.Length - 1; i++)
            {
                await sending.WriteAsync(items[i]);
            }

            await sending.EndAsync(items[^1]);
        }
    }

    private Task ConfirmAsync(SessionState state) =>
        scheduler.ConfirmAsync(new() { SessionId = _session.Id, Epoch = state.Epoch });

    private async Task StopNodesAsync(SessionState state)
    {
        var reason = ErrorText.Cut(state.Reason ?? "the session stops", ErrorText.LongestOfMany);
        await Task.WhenAll(_session.Spec.Nodes
            .Zip(_session.State.Nodes)
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
            GrainFactory.Find<IEngineInstanceGrain>(instance).StopAsync(new(_session.Id, node), state.Epoch, reason, CancellationToken.None);
    }

    /// <summary>Gives back the slots of nodes that are over. Totals may be told again.</summary>
    private void Release(SessionState state)
    {
        var over = state.Nodes.Count(node => node.IsOver && node.Instance is not null);
        if (over > _released)
        {
            _released = over;
            _works.Begin(state, $"{ReleaseWork}-{over}", ReleaseAsync, () => true);
        }
        else if (over < _released)
        {
            _released = 0; // A new attempt.
        }
    }

    private Task ReleaseAsync(SessionState state) => scheduler.ReleaseAsync(new()
    {
        SessionId = _session.Id,
        Epoch = state.Epoch,
        Released =
        [
            .. _session.Spec.Nodes
                .Zip(state.Nodes, (spec, node) => (spec.Engine, node))
                .Where(pair => pair.node is { IsOver: true, Instance: not null })
                .CountBy(pair => new Lease { Engine = pair.Engine, Instance = pair.node.Instance! }) // Asked for just above.
                .Select(pair => new ReleasedSlots { Lease = pair.Key, Total = pair.Value }),
        ],
    });

    private async Task CloseAsync(SessionState state)
    {
        EndDeadlines();
        if (_waiters.WantResults)
        {
            // The last of them were stored before the end.
            _waiters.FirstPages = _reads.ReadFirstPagesAsync(state);
        }

        _waiters.End();
        LogEnded(_session.Id, state.Status, ErrorText.Escape(state.Reason));
        if (state.Nodes.All(node => node.Instance is null))
        {
            await scheduler.WithdrawAsync(_session.Id, state.Epoch);
        }

        await _telling;
        await _works.DoneAsync(ReleaseWork);
        await _waiters.LingerAsync();
        DeactivateOnIdle();
    }

    [LoggerMessage(LogLevel.Debug, "Session {SessionId} ended as {Status}: {Reason}")]
    private partial void LogEnded(string sessionId, SessionStatus status, string? reason);

    [LoggerMessage(LogLevel.Warning, "Sub-session {Key} (attempt {Epoch}) could not be started on {Instance}, try {Attempt}")]
    private partial void LogStartFailed(Exception error, SubSessionKey key, int epoch, string instance, int attempt);
}
