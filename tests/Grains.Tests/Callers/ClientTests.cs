using BlueEdge.Callers;
using BlueEdge.Client;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Callers;

public sealed class ClientTests(Cluster cluster)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_calls_on_behalf_of_whom_it_is_told_and_of_nobody_else()
    {
        var client = new BlueEdgeClient(cluster.Grains, TimeProvider.System, NullLogger<BlueEdgeClient>.Instance);
        var blue = client.OnBehalfOf(new() { Tenant = "blue" });

        var id = await blue.SubmitAsync(Chain(1, 1, 2), cancellationToken: Ct);

        Assert.Equal(Caller.Default, Caller.Current);
        Assert.Equal(SessionStatus.Finished, (await blue.WaitAsync(id, Ct))?.Status);
        Assert.Equal(2, await blue.ResultsAsync(id, "result", Ct).CountAsync(Ct));
        Assert.NotNull(await blue.StopAsync(id, Ct));
        foreach (var stranger in (IBlueEdgeClient[])[client, blue.OnBehalfOf(new() { Tenant = "red" }), blue.OnBehalfOf(Caller.Default)])
        {
            Assert.Null(await stranger.FindAsync(id, Ct));
            Assert.Null(await stranger.WaitAsync(id, Ct));
            Assert.Null(await stranger.StopAsync(id, Ct));
            Assert.Equal(0, await stranger.ResultsAsync(id, "result", Ct).CountAsync(Ct));
            var taken = await Assert.ThrowsAsync<InvalidSessionException>(() => stranger.SubmitAsync(Chain(1, 1, 2), id, Ct));
            Assert.Contains("Take another id", taken.Message, StringComparison.Ordinal);
        }
    }
}
