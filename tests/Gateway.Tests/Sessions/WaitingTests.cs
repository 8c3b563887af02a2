using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Gateway.Tests.Sessions;

public sealed class WaitingTests(SiloHost host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_clients_wait_at_once_and_all_hear_of_the_end()
    {
        var sent = await host.Http.SubmitAsync("process-single-engine", Delay(60));
        var waiting = Enumerable.Range(0, 1_000).Select(_ => host.Http.ReadAsync($"process-single-engine/{sent.SessionId}?waitTimeSecond=50")).ToList();

        await host.Http.SubmitAsync($"process-single-engine/{sent.SessionId}/stop", "");

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal("canceled", answer.Status));
    }

    [Fact]
    public async Task A_wait_shorter_than_the_session_answers_with_where_it_stands()
    {
        var sent = await host.Http.SubmitAsync("process-single-engine", Delay(60).Replace("}}}", "}}},\"waitTimeSecond\":0.2", StringComparison.Ordinal));

        Assert.Contains(sent.Status, (string[])["pending", "queuing", "processing"]);
        await host.Http.SubmitAsync($"process-single-engine/{sent.SessionId}/stop?waitTimeSecond=0", "");
    }

    [Fact]
    public async Task A_client_that_hangs_up_stops_its_waiting_and_not_the_session()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin("Out");
        using var patience = new CancellationTokenSource();
        var waiting = gateway.Http.GetAsync(Uri(gateway, session, "?waitTimeSecond=60"), patience.Token);
        await UntilAsync(() => session.Waiting == 1, "a client waits");

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await UntilAsync(() => session.Waiting == 0, "nobody waits");
        Assert.Equal("pending", (await gateway.Http.ReadAsync($"process-workflow/{gateway.Grains.IdOf(session)}")).Status);
    }

    [Fact]
    public async Task A_long_wait_is_made_of_turns_that_a_grain_allows_and_is_cut_to_the_option()
    {
        var clock = new FakeTimeProvider();
        await using var gateway = await StubGateway.StartAsync(new() { Time = clock }, options => options.LongestWait = TimeSpan.FromSeconds(45));
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin("Out");
        var waiting = gateway.Http.ReadAsync($"process-workflow/{gateway.Grains.IdOf(session)}?waitTimeSecond=1e30");

        foreach (var (turn, seconds) in ((int[])[20, 20, 5]).Index())
        {
            await UntilAsync(() => session.Waits == turn + 1 && session.Waiting == 1, $"the client waits for turn {turn}");
            Assert.False(waiting.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal("pending", (await waiting).Status);
        Assert.Equal(3, session.Waits);
    }

    [Fact]
    public async Task A_grain_that_is_away_for_a_while_costs_a_waiting_client_nothing()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin("Out");
        var away = 2;
        gateway.Grains.Trouble = call => call is "WaitAsync" && Interlocked.Decrement(ref away) >= 0
            ? throw new Orleans.Runtime.SiloUnavailableException()
            : Task.CompletedTask;
        var waiting = gateway.Http.ReadAsync($"process-workflow/{gateway.Grains.IdOf(session)}?waitTimeSecond=60");
        await UntilAsync(() => session.Waiting == 1, "the client waits again");

        session.Move(SessionStatus.Finished);

        Assert.Equal("finished", (await waiting).Status);
    }

    private static string Delay(int seconds) =>
        """{"engineId":"delay","inputs":{"Control":{"type":"JSON","payload":{"seconds":SECONDS}}}}""".Replace("SECONDS", $"{seconds}", StringComparison.Ordinal);

    private static Uri Uri(StubGateway gateway, FakeSession session, string query) =>
        new($"process-workflow/{gateway.Grains.IdOf(session)}{query}", UriKind.Relative);

    /// <summary>What a client does reaches the other side of a socket some time later, and nothing tells when.</summary>
    private static async Task UntilAsync(Func<bool> reached, string wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!reached())
        {
            Assert.False(patience.IsCancellationRequested, $"It did not happen that {wanted}.");
            await Task.Delay(5, Ct);
        }
    }
}
