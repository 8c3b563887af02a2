using BlueEdge.Callers;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>The session and its nodes as they are, for those who ask or wait for the end.</summary>
internal sealed class SessionSnapshots(ActiveSession session, SessionWaiters waiters, SchedulerClient scheduler, WebhookWarnings webhooks)
{
    /// <summary>The session as it is; one of another tenant is as none.</summary>
    public async Task<SessionSnapshot?> FindAsync(Caller caller, CancellationToken cancellationToken)
    {
        await session.WakeAsync();
        if (session.ExistsFor(caller))
        {
            return await TakeAsync(cancellationToken);
        }

        if (!session.Exists)
        {
            session.Leave();
        }

        return null;
    }

    /// <summary>The session at its end, or as it is when that time is over.</summary>
    public async Task<SessionSnapshot?> WaitAsync(Caller caller, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await session.WakeAsync();
        if (session.ExistsFor(caller))
        {
            waiters.AskForResults = true;
            await waiters.EndedAsync(atMost, withResults: false, cancellationToken);
        }

        return await FindAsync(caller, cancellationToken);
    }

    /// <summary>The session in another status or attempt than that, or as it is when that time is over.</summary>
    public async Task<SessionSnapshot?> WatchAsync(Caller caller, SessionStatus status, int epoch, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await session.WakeAsync();
        if (session.ExistsFor(caller) && atMost > TimeSpan.Zero)
        {
            await waiters.ChangedAsync(IsOther, atMost, cancellationToken);
        }

        return await FindAsync(caller, cancellationToken);

        bool IsOther() => session.State is var state && (state.Status != status || state.Epoch != epoch || state.Status.IsTerminal());
    }

    /// <summary>One node as it is; <see langword="null"/> where the session has none of that name.</summary>
    public async Task<SubSessionSnapshot?> FindNodeAsync(Caller caller, string node)
    {
        await session.WakeAsync();
        if (!session.Exists)
        {
            session.Leave();
        }

        if (!session.ExistsFor(caller))
        {
            return null;
        }

        await ToldAsync();
        var (index, state) = (SessionTransitions.IndexOf(session.Spec, node), session.State);
        return index < 0 ? null : new()
        {
            SessionId = session.Id,
            SessionStatus = state.Status,
            Epoch = state.Epoch,
            Node = NodeOf(session.Spec.Nodes[index], state.Nodes[index]),
        };
    }

    /// <summary>A channel that clients write; whoever asks tells its tenant apart.</summary>
    public async Task<InputDefinition?> FindInputAsync(string channel)
    {
        await session.WakeAsync();
        if (!session.Exists)
        {
            session.Leave();
            return null;
        }

        return session.Plan.Inputs.FirstOrDefault(input => string.Equals(input.Name, channel, StringComparison.Ordinal)) is { } found
            ? SessionInputs.Define(found, session.State)
            : null;
    }

    /// <summary>The session as it is; asked for only where it exists.</summary>
    public async Task<SessionSnapshot> TakeAsync(CancellationToken cancellationToken)
    {
        await ToldAsync();
        var position = session.State.Status is SessionStatus.Pending
            ? await scheduler.FindPositionAsync(session.Id, cancellationToken)
            : null;
        var (spec, state) = (session.Spec, session.State);
        return new()
        {
            SessionId = session.Id,
            Status = state.Status,
            Reason = state.Reason,
            Nodes = [.. spec.Nodes.Zip(state.Nodes, NodeOf)],
            InterestedChannels = session.Plan.InterestedChannels,
            Position = state.Status is SessionStatus.Pending ? position : null,
            SubmittedAt = state.SubmittedAt,
            EndedAt = state.EndedAt,
            Epoch = state.Epoch,
            FormerAttempts = state.FormerAttempts,
            Warnings =
            [
                .. webhooks.Of(spec),
                .. WarningCodes.Of(state.Status is SessionStatus.Pending ? position : null),
                .. spec.Nodes.Zip(state.Nodes).SelectMany(node => node.Second.Warnings?.Tell(node.First.Name) ?? []),
            ],
            ExternalChannels = session.Plan.ExternalChannels,
        };
    }

    /// <summary>An end is told only once nothing can undo it.</summary>
    private Task ToldAsync() => session.State.Status.IsTerminal() ? waiters.Ended : Task.CompletedTask;

    private static NodeSnapshot NodeOf(NodeSpec node, NodeState at) => new()
    {
        Name = node.Name,
        Engine = node.Engine,
        Status = at.Status,
        Instance = at.Instance,
        Error = at.Error,
        ItemsRead = at.ItemsRead,
        ItemsWritten = at.ItemsWritten,
        ItemsDropped = at.ItemsDropped,
        StopRequested = at.StopRequested,
    };
}
