using System.Net;
using System.Text.Json;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Webhooks;

/// <summary>What became of the webhooks of real sessions, read and sent again.</summary>
[Collection(CallingHost.Name)]
public sealed class SessionWebhookTests(WebhookHost host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_arrived_is_listed_and_can_be_sent_again_under_its_id()
    {
        await using var receiver = await Receiver.StartAsync();
        var id = await SubmitAsync($"{receiver.Address}?token=secret");

        var webhook = await UntilAsync(id, webhook => webhook.GetProperty("delivered").GetInt64() == 4);
        var deliveries = webhook.GetProperty("deliveries").EnumerateArray().ToList();

        Assert.Equal(receiver.Address, webhook.GetProperty("callbackUrl").GetString());
        Assert.Equal(["sessionStatusChanged delivered 1 204", "sessionStatusChanged delivered 1 204", "sessionStatusChanged delivered 1 204", "sessionStatusChanged delivered 1 204"], deliveries.Select(Describe));
        Assert.Equal(receiver.Calls.Select(call => call.Headers["webhook-id"]), deliveries.Select(IdOf));
        var again = await host.Http.SubmitAsync($"sessions/{id}/webhooks/{IdOf(deliveries[1])}/redeliver", "");
        Assert.Equal((HttpStatusCode.OK, "sessionStatusChanged delivered 2 204"), (again.StatusCode, Describe(again.Data.GetProperty("delivery"))));
        Assert.Equal((5, IdOf(deliveries[1])), (receiver.Calls.Count, receiver.Calls.Last().Headers["webhook-id"]));
    }

    [Fact]
    public async Task What_waits_is_listed_and_goes_on_once_it_is_sent_again()
    {
        var code = 503;
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = http =>
        {
            http.Response.StatusCode = code;
            return Task.CompletedTask;
        };
        var id = await SubmitAsync(receiver.Address);

        var webhook = await UntilAsync(id, webhook => webhook.GetProperty("deliveries").EnumerateArray().Count() == 4);
        var deliveries = webhook.GetProperty("deliveries").EnumerateArray().ToList();
        Assert.Equal("sessionStatusChanged waiting 1 503", Describe(deliveries[0]));
        Assert.True(deliveries[0].TryGetProperty("nextAttemptAt", out _));
        Assert.Equal("The receiver answered 503.", deliveries[0].GetProperty("lastAttempt").GetProperty("error").GetString());
        Assert.All(deliveries, delivery => Assert.Equal("waiting", delivery.GetProperty("status").GetString()));
        var failed = await host.Http.SubmitAsync($"sessions/{id}/webhooks/{IdOf(deliveries[0])}/redeliver", "");
        Assert.Equal((HttpStatusCode.OK, "waiting"), (failed.StatusCode, failed.Data.GetProperty("delivery").GetProperty("status").GetString()));

        code = 204;
        var sent = await host.Http.SubmitAsync($"sessions/{id}/webhooks/{IdOf(deliveries[0])}/redeliver", "");

        Assert.Equal("delivered", sent.Data.GetProperty("delivery").GetProperty("status").GetString());
        await UntilAsync(id, each => each.GetProperty("delivered").GetInt64() == 4);
    }

    [Fact]
    public async Task A_receiver_that_wants_no_more_is_shown_so()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = http =>
        {
            http.Response.StatusCode = 410;
            return Task.CompletedTask;
        };
        var id = await SubmitAsync(receiver.Address);

        var webhook = await UntilAsync(id, webhook => webhook.GetProperty("disabled").GetBoolean());

        Assert.Equal("sessionStatusChanged disabled 1 410", Describe(Assert.Single(webhook.GetProperty("deliveries").EnumerateArray())));
        Assert.Single(receiver.Calls);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var receiver = await Receiver.StartAsync();
        var id = await SubmitAsync(receiver.Address);
        var webhook = await UntilAsync(id, webhook => webhook.GetProperty("delivered").GetInt64() == 4);
        var delivery = IdOf(webhook.GetProperty("deliveries")[0]);
        var none = await host.Http.SubmitAsync("process-single-engine", """{"engineId": "hello", "inputs": {"Control": {"type": "JSON", "payload": {"name": "Ada"}}}}""");

        Assert.Equal(0, (await host.Http.ReadAsync($"sessions/{none.SessionId}/webhooks")).Data.GetProperty("webhooks").GetArrayLength());
        foreach (var path in new[] { $"{none.SessionId}/webhooks/{delivery}", $"{id}/webhooks/{delivery}9", $"{id}/webhooks/{delivery.Replace("-0-", "-7-", StringComparison.Ordinal)}", $"{id}/webhooks/{id}-0-0-1" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await host.Http.SubmitAsync($"sessions/{path}/redeliver", "")).StatusCode);
        }

        Assert.Equal(4, receiver.Calls.Count);
    }

    private static string IdOf(JsonElement delivery) => delivery.GetProperty("id").GetString() ?? "";

    private static string Describe(JsonElement delivery) =>
        $"{delivery.GetProperty("type").GetString()} {delivery.GetProperty("status").GetString()} {delivery.GetProperty("attempts").GetInt32()} {delivery.GetProperty("lastAttempt").GetProperty("statusCode").GetInt32()}";

    /// <summary>A session of one engine that says hello: pending, queuing, processing, finished.</summary>
    private async Task<string> SubmitAsync(string address)
    {
        var submitted = await host.Http.SubmitAsync(
            "process-single-engine",
            $$"""{"engineId": "hello", "inputs": {"Control": {"type": "JSON", "payload": {"name": "Ada"} } }, "webhooks": [{"statusTypes": ["sessionStatusChanged"], "callbackUrl": "{{address}}"}], "waitTimeSecond": 20}""");
        Assert.Equal((HttpStatusCode.OK, "finished"), (submitted.StatusCode, submitted.Status));
        return submitted.SessionId;
    }

    /// <summary>There is no event to wait for in another process: it is asked until it is so.</summary>
    private async Task<JsonElement> UntilAsync(string id, Func<JsonElement, bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var webhook = (await host.Http.ReadAsync($"sessions/{id}/webhooks")).Data.GetProperty("webhooks")[0];
            if (condition(webhook))
            {
                return webhook;
            }

            Assert.False(patience.IsCancellationRequested, $"It did not come to that: {webhook}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }
}
