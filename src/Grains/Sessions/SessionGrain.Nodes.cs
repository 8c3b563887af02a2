using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Grains.Engines;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

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
        await WakeAsync();
        if (ExistsFor(caller))
        {
            await ChangeAsync(state => state.StopNode(Spec, node, clock.GetUtcNow()));
        }

        return await FindNodeAsync(caller, node);
    }

    private async Task<SubSessionSnapshot?> FindNodeAsync(Caller caller, string node)
    {
        await WakeAsync();
        if (!Exists)
        {
            DeactivateOnIdle();
        }

        if (!ExistsFor(caller))
        {
            return null;
        }

        if (_state.Current.Status.IsTerminal())
        {
            // As of the session: an end is told only once nothing can undo it.
            await _ended.Task;
        }

        var (index, state) = (SessionTransitions.IndexOf(Spec, node), _state.Current);
        return index < 0 ? null : new()
        {
            SessionId = SessionId,
            SessionStatus = state.Status,
            Epoch = state.Epoch,
            Node = SnapshotOf(Spec.Nodes[index], state.Nodes[index]),
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
                var (index, key) = (i, new SubSessionKey(SessionId, Spec.Nodes[i].Name));
                Work(
                    state,
                    $"stop node '{key.Node}'",
                    _ => GrainFactory.Find<IEngineInstanceGrain>(instance).StopAloneAsync(key, state.Epoch, StoppedAlone, CancellationToken.None),
                    () => _state.Current is { Status: SessionStatus.Processing } current && current.Epoch == state.Epoch && !current.Nodes[index].IsOver);
            }
        }
    }
}
