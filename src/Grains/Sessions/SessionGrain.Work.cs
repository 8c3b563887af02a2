using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Scheduling;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Sessions;

/// <summary>What follows from a session's state: each piece of work is idempotent and tried until it is done.</summary>
internal sealed partial class SessionGrain
{
    private const string RetryReminder = "retry";
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(10);

    /// <summary>What an instance may need beyond the grace period to say that it cut an engine off.</summary>
    private static readonly TimeSpan CutOffMargin = TimeSpan.FromSeconds(10);

    /// <summary>How long an ended session stays in memory for those who ask for its results next.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    /// <summary>Pieces of work begun by this activation, by name and epoch; a failed one is taken out and tried again.</summary>
    private readonly Dictionary<(string Name, int Epoch), Task> _works = [];
    private readonly Dictionary<string, Task> _starting = new(StringComparer.Ordinal);
    private int _released;
    private IGrainTimer? _deadline;

    /// <summary>Begins what is due in the present state, unless it was begun already.</summary>
    private void Drive()
    {
        var state = _state.Current;
        Release(state);
        switch (state.Status)
        {
            case SessionStatus.Pending:
                Work("enlist", EnlistAsync);
                break;
            case SessionStatus.Queuing:
                Work("start", StartNodesAsync);
                SetDeadline("prepare", state.LeasedAt + options.Value.PrepareTimeout, current =>
                    current.TimeOutPreparing(Spec, state.Epoch, options.Value.PrepareTimeout, clock.GetUtcNow()));
                break;
            case SessionStatus.Processing:
                Work("feed", SendStartDataAsync);
                Work("confirm", ConfirmAsync);
                break;
            case SessionStatus.Stopping:
                Work("stop", StopNodesAsync);
                SetDeadline("cut-off", state.StoppingAt + options.Value.StopGrace + CutOffMargin, current =>
                    current.CutOff(Spec, state.Epoch, clock.GetUtcNow()));
                break;
            default:
                Work("close", CloseAsync);
                break;
        }
    }

    /// <summary>The task of the work that puts the session into the queue; done at once where it is beyond that.</summary>
    private Task EnlistedAsync() =>
        _state.Current.Status is SessionStatus.Pending && _works.TryGetValue(("enlist", _state.Current.Epoch), out var enlisting)
            ? enlisting
            : Task.CompletedTask;

    private void Work(string name, Func<SessionState, Task> work)
    {
        var state = _state.Current;
        if (!_works.ContainsKey((name, state.Epoch)))
        {
            var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _works.Add((name, state.Epoch), first.Task);
            _ = WorkAsync(name, state, work, first);
        }
    }

    /// <summary>Does one piece of work until it succeeds, or its attempt is over; those who wait for it hear of the first failure.</summary>
    private async Task WorkAsync(string name, SessionState state, Func<SessionState, Task> work, TaskCompletionSource first)
    {
        for (var delay = RetryDelay; ; delay = delay * 2 < LongestRetryDelay ? delay * 2 : LongestRetryDelay)
        {
            try
            {
                await work(state);
                first.TrySetResult();
                return;
            }
            catch (Exception error)
            {
                LogWorkFailed(error, SessionId, state.Epoch, name);
                if (first.TrySetException(error))
                {
                    _ = first.Task.Exception; // Nobody need wait for it.
                }
            }

            await Task.Delay(delay, clock);
            if (_state.Current.Status != state.Status || _state.Current.Epoch != state.Epoch)
            {
                return;
            }
        }
    }

    private async Task EnlistAsync(SessionState state)
    {
        if (state.NotBefore - clock.GetUtcNow() is { } backoff && backoff > TimeSpan.Zero)
        {
            await this.RegisterOrUpdateReminder(RetryReminder, backoff, TimeSpan.FromMinutes(1));
            await scheduler.WithdrawAsync(SessionId, state.Epoch - 1);
            await Task.Delay(backoff, clock);
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
        if (state.NotBefore is not null && await this.GetReminder(RetryReminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }

        if (_state.Current.Status is SessionStatus.Canceled)
        {
            // A stop came while the request was under way: it must not stay in the queue.
            await scheduler.WithdrawAsync(SessionId, state.Epoch);
        }
        else if (grant is not null)
        {
            _ = GrantAsync(grant, CancellationToken.None);
        }
    }

    private async Task StartNodesAsync(SessionState state)
    {
        var starts = Plan.Starts(SessionId, state, options.Value.StopGrace);
        foreach (var start in starts)
        {
            _starting[start.Key.Node] = StartAsync(start);
        }

        // One change for all that are ready at once, rather than one a node.
        await Task.WhenAll(_starting.Values);
        async Task StartAsync(SubSessionStart start)
        {
            var report = await SubSession(start.Key.Node).StartAsync(start, CancellationToken.None);
            await ReportAsync(report, CancellationToken.None);
        }
    }

    private async Task SendStartDataAsync(SessionState state)
    {
        await Task.WhenAll(Spec.StartData
            .GroupBy(data => data.Channel, data => data.Payload, StringComparer.Ordinal)
            .Select(group => SendAsync(group.Key, [.. group])));
        async Task SendAsync(string channel, ImmutableArray<Payload> items)
        {
            if (Plan.InterestedChannels.Contains(channel, StringComparer.Ordinal))
            {
                await results.AppendAsync(
                    new(SessionId, ChannelDelivery.StartDataProducer), state.Epoch, channel, 0, items, CancellationToken.None);
            }

            await Task.WhenAll(Plan.Readers(channel, state).Select(reader => StartDataSender.SendAsync(
                GrainFactory.GetGrain<IEngineInstanceGrain>(reader.Instance),
                new(SessionId, reader.Node),
                state.Epoch,
                channel,
                items,
                CancellationToken.None)));
        }
    }

    private Task ConfirmAsync(SessionState state) =>
        scheduler.ConfirmAsync(new() { SessionId = SessionId, Epoch = state.Epoch });

    private async Task StopNodesAsync(SessionState state)
    {
        var reason = state.Reason ?? "the session stops";
        var nodes = Spec.Nodes.Zip(_state.Current.Nodes).Where(node => !node.Second.IsOver).Select(node => node.First.Name);
        await Task.WhenAll(nodes.Select(StopAsync));
        async Task StopAsync(string node)
        {
            await SubSession(node).StopAsync(state.Epoch, reason, CancellationToken.None);

            // An engine that was still on its way to the instance did not hear it.
            if (_starting.TryGetValue(node, out var starting) && !starting.IsCompleted)
            {
                await starting.ContinueWith(_ => { }, TaskScheduler.Current);
                await SubSession(node).StopAsync(state.Epoch, reason, CancellationToken.None);
            }
        }
    }

    /// <summary>Gives back the slots of nodes that are over. Totals may be told again.</summary>
    private void Release(SessionState state)
    {
        var over = state.Nodes.Count(node => node.IsOver && node.Instance is not null);
        if (over > _released)
        {
            _released = over;
            Work($"release-{over}", ReleaseAsync);
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
        _deadline?.Dispose();
        _ended.TrySetResult();
        LogEnded(SessionId, state.Status, state.Reason);
        if (state.Nodes.All(node => node.Instance is null))
        {
            await scheduler.WithdrawAsync(SessionId, state.Epoch);
        }

        await retention.ExpireAsync(SessionId, Spec, state);
        await Task.WhenAll(_works.Where(work => work.Key.Name.StartsWith("release", StringComparison.Ordinal)).Select(work => work.Value));
        await Task.Delay(Linger, clock);
        DeactivateOnIdle();
    }

    private void SetDeadline(string name, DateTimeOffset? at, Func<SessionState, SessionState> change)
    {
        if (at is not { } time || !_works.TryAdd((name, _state.Current.Epoch), Task.CompletedTask))
        {
            return;
        }

        var due = time - clock.GetUtcNow();
        _deadline?.Dispose();
        _deadline = this.RegisterGrainTimer(
            _ => ChangeAsync(change),
            new GrainTimerCreationOptions(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    private ISubSessionGrain SubSession(string node) =>
        GrainFactory.GetGrain<ISubSessionGrain>(new SubSessionKey(SessionId, node).ToString());

    [LoggerMessage(LogLevel.Debug, "Session {SessionId} ended as {Status}: {Reason}")]
    private partial void LogEnded(string sessionId, SessionStatus status, string? reason);

    [LoggerMessage(LogLevel.Warning, "Session {SessionId} (attempt {Epoch}) could not {Work}; it is tried again")]
    private partial void LogWorkFailed(Exception error, string sessionId, int epoch, string work);
}
