using BlueEdge.Calls;
using BlueEdge.Sessions;
using Orleans.Concurrency;

namespace BlueEdge.Grains.Sessions;

/// <summary>A node as callers reach it: it has nothing of its own, and asks the session.</summary>
[GrainType("sub-session"), StatelessWorker, Reentrant]
internal sealed class SubSessionGrain : Grain, ISubSessionGrain
{
    private SubSessionKey Key => SubSessionKey.Parse(this.GetPrimaryKeyString());

    private ISessionControl Session => GrainFactory.Find<ISessionControl>(Key.SessionId);

    public Task<SubSessionSnapshot?> FindAsync(CancellationToken cancellationToken) => Session.FindNodeAsync(Key.Node, cancellationToken);

    public Task<SubSessionSnapshot?> StopAsync(CancellationToken cancellationToken) => Session.StopNodeAsync(Key.Node, cancellationToken);
}
