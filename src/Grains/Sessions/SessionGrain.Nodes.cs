using BlueEdge.Callers;
using BlueEdge.Engines;

namespace BlueEdge.Sessions;

/// <summary>Single nodes, read and stopped.</summary>
internal sealed partial class SessionGrain
{
    private const string StoppedAlone = "A caller stopped it.";

    public async Task<SubSessionSnapshot?> StopNodeAsync(string node, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await _session.WakeAsync();
        if (_session.ExistsFor(caller))
        {
            await _session.ChangeAsync(state => state.StopNode(_session.Spec, node, clock.GetUtcNow()));
        }

        return await _snapshots.FindNodeAsync(caller, node);
    }

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
