using System.Collections.Concurrent;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>Very many events to ten receivers that answer, each of a session that also names one that never does.</summary>
public sealed class ManyEventsTests
{
    private const int Sessions = 2_500;
    private const int EventsASession = 4;
    private const int Live = 10;

    /// <summary>Sessions under way: enough to keep a small machine busy, so that receivers are called while others wait.</summary>
    private const int AtATime = 16;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Ten_thousand_events_reach_ten_receivers_in_time_while_as_many_wait_for_a_dead_one()
    {
        await using var silo = await Delivery.Sessions.StartSiloAsync();
        await using var dead = await Hook.StartAsync((_, http) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted));
        var ended = new ConcurrentDictionary<string, TaskCompletionSource>(StringComparer.Ordinal);
        List<Hook> live = [];
        for (var one = 0; one < Live; one++)
        {
            live.Add(await Hook.StartAsync((call, _) =>
            {
                if (call.Status is "finished")
                {
                    EndOf(call.Session).TrySetResult();
                }

                return Task.CompletedTask;
            }));
        }

        // What a process does for the first time is not what is measured.
        await using var first = await Hook.StartAsync();
        for (var one = 0; one < AtATime; one++)
        {
            await silo.HelloAsync(Delivery.Sessions.Webhook(first.Address));
            await first.EndAsync();
        }

        // Each begins once one before it has come to its end at its receiver.
        using var stalls = new Stalls();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Sessions),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = TestContext.Current.CancellationToken },
            async (number, token) =>
            {
                var session = await silo.HelloAsync(Delivery.Sessions.Webhook(dead.Address), Delivery.Sessions.Webhook(live[number % Live].Address));
                await EndOf(session).Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, token);
            });

        var delays = live.SelectMany(hook => hook.Calls).Select(call => call.Delay).Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{delays.Count} events, p50 {delays[delays.Count / 2].TotalMilliseconds:0} ms, p99 {delays[delays.Count * 99 / 100].TotalMilliseconds:0} ms, longest {delays[^1].TotalMilliseconds:0} ms, of which the machine may have stood still for {stalls.Longest.TotalMilliseconds:0} ms; {dead.Calls.Count} calls to the dead one");
        Assert.Equal(Sessions * EventsASession, live.SelectMany(hook => hook.Calls).DistinctBy(call => call.Id, StringComparer.Ordinal).Count());
        Assert.Equal(Sessions * EventsASession, delays.Count);
        Assert.InRange(dead.Calls.Count, 1, Sessions);
        Assert.InRange(delays[^1], TimeSpan.Zero, Longest + stalls.Longest);
        foreach (var hook in live)
        {
            await hook.DisposeAsync();
        }

        TaskCompletionSource EndOf(string session) => ended.GetOrAdd(session, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
