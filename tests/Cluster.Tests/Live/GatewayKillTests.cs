using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Clients of one live session, by all doors, while gateways are killed and frozen under them.</summary>
public sealed class GatewayKillTests(TestCluster cluster, ITestOutputHelper output)
{
    private const int Writers = 50;
    private const int Listeners = 50;

    /// <summary>In four rounds gateways are killed four times, and one is frozen.</summary>
    private static readonly int Rounds = LiveForm.IsFull ? 100 : 4;
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(1);

    private readonly List<TimeSpan> _thawed = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writers_and_listeners_go_on_at_another_gateway_with_nothing_lost_or_doubled_and_in_order()
    {
        var session = await LiveSessions.StartSessionAsync(cluster.First, isKept: true);
        Gateway[] gateways = [cluster.First, cluster.Second];
        List<WritingClient> writers = [.. Enumerable.Range(0, Writers).Select(number => number % 2 == 0 ? (WritingClient)new SocketWriter(gateways, session, number) : new PostWriter(gateways, session, number))];
        List<ListeningClient> listeners = [.. Enumerable.Range(0, Listeners).Select(number => number % 2 == 0 ? (ListeningClient)new SocketListener(gateways, session) : new StreamListener(gateways, session))];
        List<LiveClient> clients = [.. writers, .. listeners];
        var (writing, listening) = (Task.WhenAll(writers.Select(client => client.RunAsync())), Task.WhenAll(listeners.Select(client => client.RunAsync())));
        await AllGoOnAsync(clients, writing, listening, isAnew: false);

        for (var round = 0; round < Rounds; round++)
        {
            await ((round % 4) switch
            {
                1 => FreezeAsync(clients, writing, listening),
                3 => KillBothAsync(clients, writing, listening),
                _ => KillAsync(clients, writing, listening),
            });
        }

        writers.ForEach(writer => writer.Finish());
        await writing.WaitAsync(Patience, TimeProvider.System, Ct);
        writers.ForEach(writer => writer.Dispose());
        using var ended = await cluster.First.Http.PostAsync(new Uri($"api/v1/sessions/{session}/channels/In/end?writer=w0", UriKind.Relative), null, Ct);
        Assert.True(ended.IsSuccessStatusCode, await ended.Content.ReadAsStringAsync(Ct));
        await listening.WaitAsync(Patience, TimeProvider.System, Ct);

        Tell(clients, writers);
        Assert.All(listeners, listener =>
        {
            Assert.Null(listener.Heard.Fault);
            Assert.Equal(writers.Select(writer => writer.Written), Enumerable.Range(0, Writers).Select(listener.Heard.Of));
        });
        var end = await cluster.Second.WaitForEndAsync(session, Patience);
        Assert.True(end.GetProperty("process").GetProperty("status").GetString() is "finished", end.ToString());
        await cluster.IsIdleAsync();
    }

    /// <summary>Kills the gateway where most are.</summary>
    private async Task KillAsync(List<LiveClient> clients, Task writing, Task listening)
    {
        var (killed, there) = Crowded(clients);
        var going = AllGoOnAsync(there, writing, listening, isAnew: true);
        await cluster.KillAsync(killed);
        await going;
        await cluster.StartAsync(killed);
    }

    /// <summary>Kills both: they go on at the one that is there first.</summary>
    private async Task KillBothAsync(List<LiveClient> clients, Task writing, Task listening)
    {
        await Task.WhenAll(cluster.KillAsync("gateway-1"), cluster.KillAsync("gateway-2"));
        var going = AllGoOnAsync(clients, writing, listening, isAnew: true);
        await cluster.StartAsync("gateway-1");
        clients.ForEach(client => client.GatewayIsThere());
        await going;
        await cluster.StartAsync("gateway-2");
    }

    /// <summary>Stops the gateway where most are for a moment, without a word to anybody.</summary>
    private async Task FreezeAsync(List<LiveClient> clients, Task writing, Task listening)
    {
        var (frozen, there) = Crowded(clients);
        await cluster.PauseAsync(frozen);
        await Task.Delay(Frozen, TimeProvider.System, Ct);
        var since = TimeProvider.System.GetTimestamp();
        var going = AllGoOnAsync(there, writing, listening, isAnew: false);
        await cluster.ResumeAsync(frozen);
        _thawed.AddRange((await going).Select(at => TimeProvider.System.GetElapsedTime(since, at)));
    }

    private static (string Part, List<LiveClient> There) Crowded(List<LiveClient> clients)
    {
        var most = clients.GroupBy(client => client.At).MaxBy(group => group.Count())!; // There are clients.
        return ($"gateway-{most.Key + 1}", [.. most]);
    }

    /// <summary>Waits until each of them has written or heard something more.</summary>
    private static async Task<long[]> AllGoOnAsync(List<LiveClient> clients, Task writing, Task listening, bool isAnew)
    {
        List<Task<long>> each = [.. clients.Select(client => client.NextAsync(isAnew))];
        var all = Task.WhenAll(each);
        try
        {
            // What fails ends the test at once, and not when patience does.
            await await Task.WhenAny(all, writing, listening).WaitAsync(Patience, TimeProvider.System, Ct);
            Assert.True(all.IsCompleted, "All writers or all listeners have ended before their time.");
            return await all;
        }
        catch (TimeoutException)
        {
            var left = clients.Zip(each).Where(one => !one.Second.IsCompleted).Select(one => $"{one.First.GetType().Name} at gateway {one.First.At + 1}, {one.First.Doing}");
            Assert.Fail($"Not all of {clients.Count} clients went on within {Patience}: {string.Join("; ", left)}");
            throw;
        }
    }

    private void Tell(List<LiveClient> clients, List<WritingClient> writers)
    {
        TimeSpan[] resumed = [.. clients.SelectMany(client => client.Resumed).Order()];
        output.WriteLine(
            $"{Rounds} rounds; {writers.Sum(writer => writer.Written)} items, each heard by {Listeners}; {resumed.Length} times a client went on elsewhere: p50 {At(resumed, 0.5)} ms, p99 {At(resumed, 0.99)} ms, longest {At(resumed, 1)} ms, {resumed.Count(each => each > Goal)} beyond a second; after a freeze, of {_thawed.Count}, longest {At([.. _thawed.Order()], 1)} ms.");
        Assert.NotEmpty(resumed);
        if (LiveForm.IsFull)
        {
            Assert.InRange(resumed[(int)(0.99 * (resumed.Length - 1))], TimeSpan.Zero, Goal);
        }

        static double At(TimeSpan[] times, double part) => times.Length == 0 ? 0 : Math.Round(times[(int)(part * (times.Length - 1))].TotalMilliseconds, 1);
    }
}
