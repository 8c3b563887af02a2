using BlueEdge.Callers;
using BlueEdge.Engines;

namespace BlueEdge.Sessions;

/// <summary>Single nodes, read and stopped.</summary>
internal sealed partial class SessionGrain
{
    private const string StoppedAlone = "A caller stopped it.";

    public async Task<SubSessionSnapshot?> FindNodeAsync(string node, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        return await FindNodeAsync(caller, node);
    }

    public async Task<SubSessionSnapshot?> StopNodeAsync(string node, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await _session.WakeAsync();
        if (_session.ExistsFor(caller))
        {
            await _session.ChangeAsync(state => state.StopNode(_session.Spec, node, clock.GetUtcNow()));
        }

        return await FindNodeAsync(caller, node);
    }

    private async Task<SubSessionSnapshot?> FindNodeAsync(Caller caller, string node)
    {
        await _session.WakeAsync();
        if (!_session.Exists)
        {
            DeactivateOnIdle();
        }

        if (!_session.ExistsFor(caller))
        {
            return null;
        }

        if (_session.State.Status.IsTerminal())
        {
            // As of the session: an end is told only once nothing can undo it.
            await _waiters.Ended;
        }

        var (index, state) = (SessionTransitions.IndexOf(_session.Spec, node), _session.State);
        return index < 0 ? null : new()
        {
            SessionId = _session.Id,
            SessionStatus = state.Status,
            Epoch = state.Epoch,
            Node = SnapshotOf(_session.Spec.Nodes[index], state.Nodes[index]),
        };
    }

    private static NodeSnapshot SnapshotOf(NodeSpec node, NodeState at) => new()
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

    /// <summary>Stops the nodes that the session goes on without.</summary>
    private void StopNodesAlone(SessionState state)
    {
        for (var i = 0; i < state.Nodes.Length; i++)
        {
            if (state.Nodes[i] is { StopRequested: true, IsOver: false, Instance: { } instance })
            {
                var (index, key) = (i, new SubSessionKey(_session.Id, _session.Spec.Nodes[i].Name));
                _works.Begin(
                    state,
                    $"stop node '{key.Node}'",
                    _ => GrainFactory.Find<IEngineInstanceGrain>(instance).StopAloneAsync(key, state.Epoch, StoppedAlone, CancellationToken.None),
                    () => _session.State is { Status: SessionStatus.Processing } current && current.Epoch == state.Epoch && !current.Nodes[index].IsOver);
            }
        }
    }
}
