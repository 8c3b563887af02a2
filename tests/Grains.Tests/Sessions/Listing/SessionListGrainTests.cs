using BlueEdge.Sessions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions.Listing;

public sealed class SessionListGrainTests(Cluster cluster)
{
    private readonly ISessionListGrain _list = cluster.Grains.GetGrain<ISessionListGrain>(ISessionListGrain.Key);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_come_first_and_page_by_page()
    {
        List<string> ids = [];
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await FinishAsync("hello")).SessionId);
        }

        var listed = await ListAsync(new() { Limit = 2 });

        Assert.Equal(Enumerable.Reverse(ids), listed.Select(session => session.SessionId).Where(ids.Contains));
    }

    [Fact]
    public async Task A_session_is_listed_under_its_status_only_from_the_moment_its_caller_knows_it()
    {
        var session = cluster.NewSession();
        var submitted = await session.SubmitAsync(Single("delay", new { seconds = 60 }), fingerprint: null, Ct);
        var sessionId = submitted.Session!.SessionId;
        Assert.Contains(await ListAsync(new()), listed => listed.SessionId == sessionId);

        await Cluster.ReachAsync(session, SessionStatus.Processing);
        await IsListedUnderAsync(SessionStatus.Processing);
        await session.StopAsync(Ct);
        await Cluster.EndAsync(session);
        await IsListedUnderAsync(SessionStatus.Canceled);

        async Task IsListedUnderAsync(SessionStatus expected)
        {
            foreach (var status in Enum.GetValues<SessionStatus>())
            {
                Assert.Equal(
                    status == expected,
                    (await ListAsync(new() { Status = status, Limit = 3 })).Any(listed => listed.SessionId == sessionId));
            }
        }
    }

    [Fact]
    public async Task A_session_that_waits_is_listed_as_pending_with_its_position()
    {
        // More slots than any instance of the engine has.
        var nodes = Enumerable.Range(0, 100).Select(i => Node($"node-{i}", "unready", [("Control", "control")])).ToArray();
        var session = cluster.NewSession();
        await session.SubmitAsync(Session(nodes, ("control", 1)), fingerprint: null, Ct);

        var listed = Assert.Single(await ListAsync(new() { Engine = "unready", Status = SessionStatus.Pending }));

        Assert.Equal(1, listed.Position?.Current);
        await session.StopAsync(Ct);
        Assert.Empty(await ListAsync(new() { Engine = "unready", Status = SessionStatus.Pending }));
    }

    [Fact]
    public async Task Only_sessions_with_a_node_of_the_engine_are_listed()
    {
        var (hello, relay) = (await FinishAsync("hello"), cluster.NewSession());
        await relay.SubmitAsync(Chain(2, 1), fingerprint: null, Ct);

        var listed = (await ListAsync(new() { Engine = "relay" })).Select(session => session.SessionId).ToList();

        Assert.Contains((await Cluster.EndAsync(relay)).SessionId, listed);
        Assert.DoesNotContain(hello.SessionId, listed);
        Assert.Empty(await ListAsync(new() { Engine = "nobody" }));
    }

    [Theory]
    [InlineData(0, null, "from 1 to 200")]
    [InlineData(201, null, "from 1 to 200")]
    [InlineData(10, "nonsense", "no cursor")]
    public async Task What_makes_no_sense_is_refused(int limit, string? cursor, string message)
    {
        var refused = await Assert.ThrowsAsync<BlueEdgeException>(() => _list.ListAsync(new() { Limit = limit, Cursor = cursor }, Ct));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private async Task<SessionSnapshot> FinishAsync(string engine)
    {
        var session = cluster.NewSession();
        await session.SubmitAsync(Single(engine, new { name = "Ada" }), fingerprint: null, Ct);
        return await Cluster.EndAsync(session);
    }

    private async Task<List<SessionSnapshot>> ListAsync(SessionQuery query)
    {
        List<SessionSnapshot> all = [];
        while (true)
        {
            var page = await _list.ListAsync(query, Ct);
            Assert.True(page.Sessions.Length <= query.Limit);
            all.AddRange(page.Sessions);
            if (page.NextCursor is null)
            {
                return all;
            }

            query = query with { Cursor = page.NextCursor };
        }
    }
}
