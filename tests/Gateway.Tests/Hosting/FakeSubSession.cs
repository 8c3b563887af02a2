using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>A node of a fake session, which notes that it was stopped and goes on.</summary>
internal sealed class FakeSubSession(FakeSession session, string node, FakeGrains grains) : ISubSessionGrain
{
    public async Task<SubSessionSnapshot?> FindAsync(CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(FindAsync));
        return session.FindNode(node);
    }

    public async Task<SubSessionSnapshot?> StopAsync(CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(StopAsync));
        session.StopNode(node);
        return session.FindNode(node);
    }
}
