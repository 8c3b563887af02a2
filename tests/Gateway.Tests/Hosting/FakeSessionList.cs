using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>No sessions at all; remembers what was asked.</summary>
internal sealed class FakeSessionList(FakeGrains grains) : ISessionListGrain
{
    public SessionQuery? Asked { get; private set; }

    public async Task<SessionPage> ListAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        Asked = query;
        await grains.TroubleAsync(nameof(ListAsync));
        return new() { Sessions = [] };
    }
}
