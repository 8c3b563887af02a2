using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Silo.Tests.Processes;
using Microsoft.AspNetCore.Http;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>A silo that is killed, at whatever moment, delivers all that happened once it is back; what comes twice has the same id and the same words.</summary>
public sealed class KilledDeliveryTests
{
    [Fact]
    public async Task What_was_under_way_when_the_silo_was_killed_comes_again_with_the_same_id()
    {
        await using var silo = await Sessions.StartSiloAsync();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hook = await Hook.StartAsync((call, http) =>
            call.Status is "finished" && !held.Task.IsCompleted ? held.Task.WaitAsync(http.RequestAborted) : Task.CompletedTask);

        await silo.HelloAsync(Sessions.Webhook(hook.Address));
        var first = await hook.EndAsync();
        await silo.KillAsync();
        held.SetResult();
        await silo.RestartAsync();
        var second = await hook.EndAsync();

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.Body, second.Body);
    }

    [Fact]
    public async Task One_that_waits_for_its_next_try_is_tried_by_the_silo_that_comes_back()
    {
        await using var silo = await Sessions.StartSiloAsync(("Webhooks__Retries", "00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01"));
        var isBack = false;
        await using var hook = await Hook.StartAsync((_, http) =>
        {
            http.Response.StatusCode = isBack ? StatusCodes.Status204NoContent : StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });

        var session = await silo.HelloAsync(Sessions.Webhook(hook.Address));
        await hook.NextAsync();
        await UntilEndedAsync(silo, session);
        await silo.KillAsync();
        isBack = true;
        await silo.RestartAsync();
        await hook.EndAsync();

        var taken = hook.Calls.Select(call => call.Id).Distinct(StringComparer.Ordinal).ToList();
        Assert.Equal(4, taken.Count);
    }

    [Fact]
    public async Task What_became_of_events_is_known_after_a_restart_and_none_comes_again_unless_somebody_asks()
    {
        await using var silo = await Sessions.StartSiloAsync();
        await using var hook = await Hook.StartAsync();
        var session = await silo.HelloAsync(Sessions.Webhook(hook.Address));
        await hook.EndAsync();
        await UntilToldAsync(silo);
        await silo.KillAsync();
        await silo.RestartAsync();

        var webhook = Assert.Single(await silo.Http.WebhooksAsync(session, each => each.GetProperty("delivered").GetInt32() == 4));
        var deliveries = webhook.GetProperty("deliveries").EnumerateArray().ToList();
        Assert.All(deliveries, delivery => Assert.Equal(("delivered", 204), (delivery.GetProperty("status").GetString(), delivery.GetProperty("lastAttempt").GetProperty("statusCode").GetInt32())));
        Assert.Equal(hook.Calls.Select(call => call.Id), deliveries.Select(delivery => delivery.GetProperty("id").GetString()));
        await silo.HelloAsync(Sessions.Webhook(hook.Address));
        await hook.EndAsync();
        Assert.Equal(4, hook.Calls.Count(call => call.Session == session));

        var again = await silo.Http.PostJsonAsync($"api/v1/sessions/{session}/webhooks/{hook.Calls[1].Id}/redeliver", new JsonObject());
        Assert.Equal(2, again.GetProperty("data").GetProperty("delivery").GetProperty("attempts").GetInt32());
        Assert.Equal(hook.Calls[1].Id, (await hook.NextAsync()).Id);
    }

    [Fact]
    public async Task Killed_at_any_moment_it_loses_no_event_and_invents_none()
    {
        const int Kills = 4;
        const int ASession = 15;
        var random = new Random(4711);
        await using var silo = await Sessions.StartSiloAsync(("Webhooks__Retries", "00:00:00.3;00:00:01;00:00:01;00:00:01;00:00:02"));
        var failures = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await using var hook = await Hook.StartAsync(async (call, http) =>
        {
            // Some are slow, and some are refused once.
            if (call.Id[^1] is '3' && failures.TryAdd(call.Id, true))
            {
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }

            await Task.Delay(call.Id.GetHashCode(StringComparison.Ordinal) % 7 == 0 ? 300 : 0, http.RequestAborted);
        });

        List<string> sessions = [];
        for (var kill = 0; kill < Kills; kill++)
        {
            for (var one = 0; one < ASession; one++)
            {
                sessions.Add(await silo.HelloAsync(Sessions.Webhook(hook.Address, "sessionStatusChanged", "finish")));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1_500)), TimeProvider.System, TestContext.Current.CancellationToken);
            await silo.KillAsync();
            await silo.RestartAsync();
        }

        HashSet<string> ended = new(StringComparer.Ordinal);
        while (!ended.IsSupersetOf(sessions))
        {
            ended.Add((await hook.EndAsync()).Session);
        }

        foreach (var calls in hook.Calls.GroupBy(call => call.Session, StringComparer.Ordinal))
        {
            Assert.Contains(calls.Key, sessions);

            // The same event always has the same words; of what was taken, the numbers are in order when repeats are left out.
            Assert.All(calls.GroupBy(call => call.Id, StringComparer.Ordinal), same => Assert.Single(same.Select(call => Words(call)).Distinct(StringComparer.Ordinal)));
            var numbers = calls.DistinctBy(call => call.Id, StringComparer.Ordinal).Select(call => call.Data.GetProperty("number").GetInt64()).ToList();
            Assert.Equal(numbers.Order(), numbers);
            Assert.Equal("pending", calls.First().Status);
            var statuses = calls.DistinctBy(call => call.Id, StringComparer.Ordinal).Where(call => call.Type is "sessionStatusChanged").ToList();
            Assert.All(statuses.Zip(statuses.Skip(1)), pair => Assert.Equal(pair.First.Status, pair.Second.Data.GetProperty("previous").GetString()));
        }
    }

    /// <summary>The body without the results, which are as they were when it was sent.</summary>
    private static string Words(HookCall call) => string.Concat(call.Data.EnumerateObject().Where(member => member.Name is not "results").Select(member => member.ToString()));

    /// <summary>Waits until no session owes anybody an event.</summary>
    private static async Task UntilToldAsync(SiloProcess silo)
    {
        // Another process has no event to wait for.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        while ((await silo.Http.GetJsonAsync("api/v1/system")).GetProperty("data").GetProperty("webhooks").GetProperty("untoldSessions").GetInt64() > 0)
        {
            Assert.False(patience.IsCancellationRequested, "A session owes somebody an event.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static async Task UntilEndedAsync(SiloProcess silo, string session)
    {
        using var response = await silo.Http.GetAsync(new Uri($"api/v1/process-single-engine/{session}?waitTimeSecond=30", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("\"finished\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
