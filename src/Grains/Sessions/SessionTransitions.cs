using System.Collections.Immutable;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>
/// Every change of a session's state, as pure functions. One that does not apply, because it is repeated, late or of
/// another attempt, returns the state it was given.
/// </summary>
internal static class SessionTransitions
{
    public static SessionState Create(Submission submission, DateTimeOffset now) => new()
    {
        Status = SessionStatus.Pending,
        Epoch = 1,
        SubmittedAt = now,
        Nodes = Waiting(submission.Spec.Nodes.Length),
        Fingerprint = submission.Fingerprint,
        Tenant = submission.Caller.NamedTenant,
    };

    /// <summary>All who listen have taken the events up to that number, and these webhooks are done with.</summary>
    public static SessionState Tell(this SessionState state, long number, IReadOnlyDictionary<int, WebhookState> closed) => state.Told < number
        ? state with { Told = number, ClosedWebhooks = closed.Count > 0 ? closed.ToImmutableDictionary() : state.ClosedWebhooks }
        : state;

    /// <summary>Pending to queuing: each node gets the next lease of its engine.</summary>
    public static SessionState Grant(this SessionState state, SessionSpec spec, LeaseGrant grant, DateTimeOffset now)
    {
        if (state.Status != SessionStatus.Pending || state.Epoch != grant.Epoch)
        {
            return state;
        }

        var leases = grant.Leases
            .GroupBy(lease => lease.Engine, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new Queue<Lease>(group), StringComparer.Ordinal);
        return state with
        {
            Status = SessionStatus.Queuing,
            LeasedAt = now,
            StartedAt = state.StartedAt ?? now,
            NotBefore = null,
            OwesStartData = HasResultsAmongStartData(spec),
            Nodes = [.. spec.Nodes.Zip(state.Nodes, (node, waiting) => waiting with
            {
                Status = SubSessionStatus.Preparing,
                Instance = leases[node.Engine].Dequeue().Instance,
            })],
        };
    }

    /// <summary>One node's news, and what follows from it for the session.</summary>
    public static SessionState Report(this SessionState state, SessionSpec spec, SubSessionReport report, DateTimeOffset now)
    {
        var index = IndexOf(spec, report.Node);
        if (!state.IsRunning || state.Epoch != report.Epoch || index < 0 || !state.Nodes[index].Status.CanBecome(report.Status))
        {
            return state;
        }

        var node = state.Nodes[index] with
        {
            Status = report.Status,
            Error = report.Error is { } error ? ErrorText.Cut(error) : null,
            ItemsRead = report.ItemsRead,
            ItemsWritten = report.ItemsWritten,
            ItemsDropped = report.ItemsDropped,
            Warnings = report.Warnings?.Limit(state.LeftForWarnings(index)),
            Stored = report.Stored,
        };
        var next = state with { Nodes = state.Nodes.SetItem(index, node) };
        return report.Status switch
        {
            SubSessionStatus.Failed => next.Fail(Describe(spec.Nodes[index], node), now),

            // A node is stopped alone only once the session is processing.
            SubSessionStatus.Canceled when state.Status is SessionStatus.Processing && node.StopRequested => next,

            // Nobody else but a stopping session cancels a node: the engine was stopped behind the session's back.
            SubSessionStatus.Canceled when state.Status is not SessionStatus.Stopping =>
                next.Fail(Describe(spec.Nodes[index], node with { Error = report.Error ?? "it was stopped" }), now),
            _ => next,
        };
    }

    /// <summary>
    /// An instance died: the nodes it ran have failed. A session that still waits had a slot there and never heard of it, so it
    /// asks anew, under a new number; that is none of its attempts.
    /// </summary>
    public static SessionState Lose(this SessionState state, SessionSpec spec, int epoch, string instance, string reason, DateTimeOffset now)
    {
        if (state.Epoch != epoch)
        {
            return state;
        }

        return state.Status is SessionStatus.Pending
            ? state with { Epoch = epoch + 1 }
            : state.FailNodes(
                spec,
                node => string.Equals(node.Instance, instance, StringComparison.Ordinal),
                SubSessionStatus.Failed,
                reason,
                now);
    }

    /// <summary>The engines that are not ready in time have failed.</summary>
    public static SessionState TimeOutPreparing(this SessionState state, SessionSpec spec, int epoch, TimeSpan timeout, DateTimeOffset now) =>
        state.Epoch != epoch || state.Status != SessionStatus.Queuing ? state : state.FailNodes(
            spec,
            node => node.Status is SubSessionStatus.Preparing,
            SubSessionStatus.Failed,
            $"it was not ready within {timeout.TotalSeconds:0.###} s",
            now);

    /// <summary>What has not ended within the grace period counts as ended.</summary>
    public static SessionState CutOff(this SessionState state, SessionSpec spec, int epoch, DateTimeOffset now) =>
        state.Epoch != epoch || state.Status != SessionStatus.Stopping ? state : state.FailNodes(
            spec,
            _ => true,
            SubSessionStatus.Canceled,
            "it did not end within the grace period",
            now);

    /// <summary>The start data of interested channels are stored.</summary>
    public static SessionState StoreStartData(this SessionState state, int epoch) =>
        state.Epoch != epoch || state.Status != SessionStatus.Processing ? state : state with { OwesStartData = false };

    /// <summary>The store lost results of the attempt, which has failed with that: it would finish and lack them.</summary>
    public static SessionState LoseResults(this SessionState state, string reason, DateTimeOffset now) =>
        state.Status is SessionStatus.Queuing or SessionStatus.Processing ? state.Fail(reason, now) : state;

    /// <summary>Nobody writes any more to a channel whose session fails then, for good: none would write in another attempt.</summary>
    public static SessionState LoseWriters(this SessionState state, int epoch, string reason, DateTimeOffset now) =>
        state.Epoch != epoch || state.Status is not SessionStatus.Processing ? state : state.Fail(reason, now) with { StopRequested = true };

    /// <summary>When the session has had its time; <see langword="null"/> before its first start.</summary>
    public static DateTimeOffset? RunsOutAt(this SessionState state, SessionSpec spec) => state.StartedAt + spec.MaxDuration;

    /// <summary>The session has had its time: what runs stops, and it fails for good, also where it waits to run again.</summary>
    public static SessionState RunOut(this SessionState state, SessionSpec spec, DateTimeOffset now)
    {
        if (!state.HasRunOut(spec, now))
        {
            return state;
        }

        var reason = $"It took longer than {spec.MaxDuration?.TotalSeconds:0.###} s from its first start, which is all it may (maxDurationSeconds).";
        return state.Status switch
        {
            SessionStatus.Pending => state with { Status = SessionStatus.Failed, Reason = reason, EndedAt = now },
            SessionStatus.Queuing or SessionStatus.Processing => state.Fail(reason, now),
            _ => state,
        };
    }

    /// <summary>A caller gives the session up: a pending one is over, a running one stops.</summary>
    public static SessionState Stop(this SessionState state, DateTimeOffset now) => state.Status switch
    {
        SessionStatus.Pending => state with
        {
            Status = SessionStatus.Canceled,
            StopRequested = true,
            Reason = "Stopped by a caller while it waited.",
            EndedAt = now,
        },
        SessionStatus.Queuing or SessionStatus.Processing => state with
        {
            Status = SessionStatus.Stopping,
            StopRequested = true,
            StoppingAt = now,
            Ending = SessionStatus.Canceled,
            Reason = "Stopped by a caller.",
        },
        SessionStatus.Stopping when !state.StopRequested => state with { StopRequested = true },
        _ => state,
    };

    /// <summary>
    /// A caller stops one node. The session fails for good, or notes it and goes on without the node, as its spec says. Changes
    /// nothing where the node is unknown or over, or the session has ended.
    /// </summary>
    public static SessionState StopNode(this SessionState state, SessionSpec spec, string node, DateTimeOffset now)
    {
        var index = IndexOf(spec, node);
        if (index < 0 || state.Status.IsTerminal() || state.Nodes[index] is { IsOver: true } or { StopRequested: true })
        {
            return state;
        }

        if (spec.OnNodeStopped is NodeStopPolicy.Continue)
        {
            return state with { Nodes = state.Nodes.SetItem(index, state.Nodes[index] with { StopRequested = true }) };
        }

        var reason = $"A caller stopped node '{node}' (engine '{spec.Nodes[index].Engine}'), and the session fails with it (onNodeStopped).";
        return state.Status switch
        {
            SessionStatus.Pending => state with
            {
                Status = SessionStatus.Failed,
                StopRequested = true,
                Reason = reason,
                EndedAt = now,
                Nodes = state.Nodes.SetItem(index, state.Nodes[index] with { Status = SubSessionStatus.Canceled }),
            },
            SessionStatus.Stopping when state.StopRequested => state,
            _ => state.Fail(reason, now) with { StopRequested = true },
        };
    }

    /// <summary>
    /// One step that follows from what is known: all nodes ready to processing, all done and nothing owed to the end, all over
    /// while stopping to the end or to the next attempt. Repeat until nothing changes, so that no status is skipped.
    /// </summary>
    public static SessionState Settle(this SessionState state, SessionSpec spec, DateTimeOffset now) => state.Status switch
    {
        SessionStatus.Pending when state.Nodes.All(node => node.StopRequested) => state.Abandon(now),
        SessionStatus.Queuing when state.Nodes.All(node => node.Status.HasPrepared()) =>
            state with { Status = SessionStatus.Processing },
        SessionStatus.Processing when state.Nodes.All(node => node.IsDone) && !state.OwesStartData =>
            state.Nodes.Any(node => node.Status is SubSessionStatus.Finished)
                ? state with { Status = SessionStatus.Finished, EndedAt = now }
                : state.Abandon(now),
        SessionStatus.Stopping when state.Nodes.All(node => node.IsOver) => state.End(spec, now),
        _ => state,
    };

    /// <summary>The node's place in the spec, or -1 where there is none of that name.</summary>
    public static int IndexOf(SessionSpec spec, string node)
    {
        for (var i = 0; i < spec.Nodes.Length; i++)
        {
            if (string.Equals(spec.Nodes[i].Name, node, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Nothing is left of a session whose nodes were all stopped.</summary>
    private static SessionState Abandon(this SessionState state, DateTimeOffset now) => state with
    {
        Status = SessionStatus.Canceled,
        StopRequested = true,
        Reason = "A caller stopped all its nodes.",
        EndedAt = now,
    };

    private static SessionState End(this SessionState state, SessionSpec spec, DateTimeOffset now)
    {
        var ending = state.Ending ?? SessionStatus.Canceled;
        if (ending is not SessionStatus.Failed || state.StopRequested || state.HasRunOut(spec, now) || spec.Retry is not { } retry || state.FormerAttempts.Length >= retry.Attempts)
        {
            return state with { Status = ending, EndedAt = now };
        }

        var former = new AttemptSnapshot { Epoch = state.Epoch, Reason = ErrorText.Cut(state.Reason ?? "", ErrorText.LongestOfMany), EndedAt = now };
        return state with
        {
            Status = SessionStatus.Pending,
            Epoch = state.Epoch + 1,
            LeasedAt = null,
            StoppingAt = null,
            Ending = null,
            Reason = null,
            Nodes = [.. state.Nodes.Select(node => NodeState.Waiting with { StopRequested = node.StopRequested })],
            FormerAttempts = state.FormerAttempts.Add(former),
            NotBefore = now + retry.Backoff,
        };
    }

    private static bool HasRunOut(this SessionState state, SessionSpec spec, DateTimeOffset now) => now >= state.RunsOutAt(spec);

    private static SessionState FailNodes(
        this SessionState state, SessionSpec spec, Func<NodeState, bool> which, SubSessionStatus status, string error, DateTimeOffset now)
    {
        if (!state.IsRunning)
        {
            return state;
        }

        var first = -1;
        var nodes = state.Nodes.ToBuilder();
        for (var i = 0; i < nodes.Count; i++)
        {
            if (!nodes[i].IsOver && which(nodes[i]))
            {
                nodes[i] = nodes[i] with { Status = status, Error = error };
                first = first < 0 ? i : first;
            }
        }

        return first < 0
            ? state
            : (state with { Nodes = nodes.ToImmutable() }).Fail(Describe(spec.Nodes[first], nodes[first]), now);
    }

    private static SessionState Fail(this SessionState state, string reason, DateTimeOffset now) =>
        state.Status is SessionStatus.Stopping
            ? state
            : state with
            {
                Status = SessionStatus.Stopping,
                StoppingAt = now,
                Ending = SessionStatus.Failed,
                Reason = reason,
            };

    /// <summary>How many warnings of a node can be kept beside those of the others.</summary>
    private static int LeftForWarnings(this SessionState state, int index) => NodeWarnings.MostOfSession
        - state.Nodes.Where((_, other) => other != index).Sum(node => node.Warnings?.Kept.Length ?? 0);

    private static string Describe(NodeSpec node, NodeState state) =>
        $"Engine '{node.Engine}' (node '{node.Name}', instance '{state.Instance}') failed: {state.Error}";

    private static bool HasResultsAmongStartData(SessionSpec spec)
    {
        var interested = spec.Channels.Where(channel => channel.Interested).Select(channel => channel.Name).ToHashSet(StringComparer.Ordinal);
        return spec.StartData.Any(data => interested.Contains(data.Channel));
    }

    private static ImmutableArray<NodeState> Waiting(int count) => [.. Enumerable.Repeat(NodeState.Waiting, count)];
}
