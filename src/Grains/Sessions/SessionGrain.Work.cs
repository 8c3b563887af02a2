using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Scheduling;
using BlueEdge.Sessions.Listing;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Sessions;

/// <summary>What follows from a session's state: each piece of work is idempotent and tried until it is done.</summary>
internal sealed partial class SessionGrain
{
    private const string RetryReminder = "retry";
    private const string EnlistWork = "enlist";
    private const string ReleaseWork = "release";

    /// <summary>How often a deadline's change is tried again where storage refused it.</summary>
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(5);

    /// <summary>What an instance may need beyond the grace period to say that it cut an engine off.</summary>
    private static readonly TimeSpan CutOffMargin = TimeSpan.FromSeconds(10);

    /// <summary>How long an ended session stays in memory for those who ask for its results next.</summary>
    private static readonly TimeSpan LongestLinger = TimeSpan.FromSeconds(5);

    /// <summary>Pieces of work begun by this activation, by name and attempt.</summary>
    private readonly Dictionary<(string Name, int Epoch), SessionWork> _works = [];
    private readonly Dictionary<string, Task> _starting = new(StringComparer.Ordinal);
    private bool _wokeEnded;
    private int _released;
    private (SessionStatus Status, int Epoch) _deadlineOf;
    private IGrainTimer? _deadline;

    /// <summary>Begins what is due in the present state, unless it was begun already.</summary>
    private void Drive()
    {
        var state = _state.Current;
        Release(state);
        List(state);
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
                WorkWhile(state, "feed", SendStartDataAsync);
                WorkWhile(state, "confirm", ConfirmAsync);
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

    /// <summary>Waits until the session stands in the queue, or is beyond it, and in the lists; throws what keeps it from that.</summary>
    private Task EnlistedAsync()
    {
        var state = _state.Current;
        return Task.WhenAll(
            state.Status is SessionStatus.Pending ? TryOf(EnlistWork, state.Epoch) : Task.CompletedTask,
            TryOf(ListWork(SessionGroup.Waiting), state.Epoch));
    }

    private Task TryOf(string work, int epoch) =>
        _works.TryGetValue((work, epoch), out var begun) ? begun.Try : Task.CompletedTask;

    /// <summary>The groups that the session may still be listed under besides its own.</summary>
    private ReadOnlySpan<SessionGroup> Before(SessionState state)
    {
        // Whoever slept through the changes does not know which of them were listed.
        if (_wokeEnded)
        {
            return [SessionGroup.Waiting, SessionGroup.Running];
        }

        if (state.Status is SessionStatus.Pending)
        {
            return state.Epoch == 1 ? [] : [SessionGroup.Running];
        }

        return state.Status.IsTerminal() && state.Nodes.Any(node => node.Instance is not null) ? [SessionGroup.Running] : [SessionGroup.Waiting];
    }

    private static string ListWork(SessionGroup group) => $"list-{group}";

    /// <summary>Has the session found under what it is now. Its end is seen to before anyone is told of it.</summary>
    private void List(SessionState state)
    {
        var group = SessionGroups.Of(state.Status);
        if (!state.Status.IsTerminal())
        {
            Work(
                state,
                ListWork(group),
                _ => index.MoveAsync(Plan.Listed(SessionId, state.SubmittedAt), group, Before(state)),
                () => _state.Current.Epoch == state.Epoch && SessionGroups.Of(_state.Current.Status) == group);
        }
    }

    private void WorkWhile(SessionState state, string name, Func<SessionState, Task> work) =>
        Work(state, name, work, () => _state.Current.Status == state.Status && _state.Current.Epoch == state.Epoch);

    private void Work(SessionState state, string name, Func<SessionState, Task> work, Func<bool> isDue)
    {
        if (!_works.ContainsKey((name, state.Epoch)))
        {
            _works.Add((name, state.Epoch), new SessionWork(
                () => work(state), isDue, clock, error => LogWorkFailed(error, SessionId, state.Epoch, name)).Begin());
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
        var outstanding = starts.Length;
        List<SubSessionReport> held = [];
        foreach (var start in starts)
        {
            _starting[start.Key.Node] = StartAsync(start);
        }

        await Task.WhenAll(_starting.Values);
        async Task StartAsync(SubSessionStart start)
        {
            var report = await SubSession(start.Key.Node).StartAsync(start, CancellationToken.None);
            held.Add(report);
            outstanding--;

            // Nodes that are ready at about the same time make one change, and one write. Bad news does not wait.
            if (outstanding == 0 || report.Status.IsTerminal())
            {
                var reports = held;
                held = [];
                await ChangeAsync(current => reports.Aggregate(current, (next, one) => next.Report(Spec, one, clock.GetUtcNow())));
            }
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
        _deadline?.Dispose();
        var listed = Plan.Listed(SessionId, state.SubmittedAt);
        var group = SessionGroups.Of(state.Status);
        var isClosed = _wokeEnded && await retention.IsSetAsync(SessionId);
        await Task.WhenAll(durability.ReachAsync().AsTask(), isClosed ? Task.CompletedTask : index.MoveAsync(listed, group, Before(state)));
        _ended.TrySetResult();
        if (!isClosed)
        {
            LogEnded(SessionId, state.Status, state.Reason);
            if (state.Nodes.All(node => node.Instance is null))
            {
                await scheduler.WithdrawAsync(SessionId, state.Epoch);
            }

            await Task.WhenAll(_works
                .Where(work => work.Key.Name.StartsWith(ReleaseWork, StringComparison.Ordinal))
                .Select(work => work.Value.Done));
            await retention.SetAsync(listed, Spec, state);
        }

        await Task.Delay(options.Value.Retention < LongestLinger ? options.Value.Retention : LongestLinger, clock);
        DeactivateOnIdle();
    }

    private void SetDeadline(SessionState state, DateTimeOffset? at, Func<SessionState, SessionState> change)
    {
        if (at is not { } time || _deadlineOf == (state.Status, state.Epoch))
        {
            return;
        }

        _deadlineOf = (state.Status, state.Epoch);
        var due = time - clock.GetUtcNow();
        _deadline?.Dispose();
        _deadline = this.RegisterGrainTimer(
            _ => ChangeAsync(change),
            new GrainTimerCreationOptions(due > TimeSpan.Zero ? due : TimeSpan.Zero, RetryPeriod) { Interleave = true, KeepAlive = true });
    }

    private ISubSessionGrain SubSession(string node) =>
        GrainFactory.GetGrain<ISubSessionGrain>(new SubSessionKey(SessionId, node).ToString());

    [LoggerMessage(LogLevel.Debug, "Session {SessionId} ended as {Status}: {Reason}")]
    private partial void LogEnded(string sessionId, SessionStatus status, string? reason);

    [LoggerMessage(LogLevel.Warning, "Session {SessionId} (attempt {Epoch}) could not {Work}; it is tried again")]
    private partial void LogWorkFailed(Exception error, string sessionId, int epoch, string work);
}
