using System.Net;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Outbound;
using BlueEdge.Sessions;
using BlueEdge.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Gateway.Tests.Webhooks;

/// <summary>What became of a session's webhooks, and events that are sent again.</summary>
public sealed class WebhookListTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 26, 10, 0, 0, TimeSpan.Zero);
    private static readonly string Id = SessionIds.Create();
    private static readonly WebhookDelivery Late = new()
    {
        Id = Delivery(2),
        Type = "finish",
        HappenedAt = At,
        Status = WebhookDeliveryStatus.Waiting,
        Attempts = 1,
        LastAttempt = new() { At = At, Duration = TimeSpan.FromMilliseconds(1234.9), StatusCode = 503, Error = "The receiver answered 503.", Answer = "\"<b>\u0000\u001b[2J\ud800" },
        NextAttemptAt = At.AddSeconds(5),
    };

    [Fact]
    public async Task What_became_of_each_event_is_told()
    {
        await using var gateway = await StartAsync();

        var read = await gateway.Http.ReadAsync($"sessions/{Id}/webhooks");

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(
            $$"""
            {"sessionId":"{{Id}}","webhooks":[{"callbackUrl":"https://example.org/a","disabled":false,"delivered":3,"failed":1,"dropped":2,"deliveries":[
            {"id":"{{Delivery(1)}}","type":"sessionStatusChanged","happenedAt":"2026-11-26T10:00:00+00:00","status":"delivered","attempts":1},
            {"id":"{{Delivery(2)}}","type":"finish","happenedAt":"2026-11-26T10:00:00+00:00","status":"waiting","attempts":1,
            "lastAttempt":{"at":"2026-11-26T10:00:00+00:00","durationMs":1234,"statusCode":503,"error":"The receiver answered 503.","answer":"\"<b>\u0000\u001B[2J\uFFFD"},
            "nextAttemptAt":"2026-11-26T10:00:05+00:00"}]},
            {"callbackUrl":"https://example.org/b","disabled":true,"delivered":0,"failed":0,"dropped":0,"deliveries":[]}]}
            """.ReplaceLineEndings(""),
            read.Data.GetRawText().Replace("\ufffd", "\\uFFFD", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(WebhookDeliveryStatus.Waiting, "waiting")]
    [InlineData(WebhookDeliveryStatus.Delivered, "delivered")]
    [InlineData(WebhookDeliveryStatus.Failed, "failed")]
    [InlineData(WebhookDeliveryStatus.Disabled, "disabled")]
    public async Task An_event_is_sent_again_and_told_of_as_it_is_then(WebhookDeliveryStatus status, string name)
    {
        await using var gateway = await StartAsync();
        gateway.Grains.Session(Id).Webhooks = [Webhook(Late with { Status = status })];

        var sent = await gateway.Http.SubmitAsync($"sessions/{Id}/webhooks/{Late.Id}/redeliver", "");

        Assert.Equal((HttpStatusCode.OK, Id), (sent.StatusCode, sent.SessionId));
        var delivery = sent.Data.GetProperty("delivery");
        Assert.Equal((Late.Id, name), (delivery.GetProperty("id").GetString(), delivery.GetProperty("status").GetString()));
        Assert.Equal(503, delivery.GetProperty("lastAttempt").GetProperty("statusCode").GetInt32());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var gateway = await StartAsync();
        var other = SessionIds.Create();
        gateway.Grains.Session(other).Begin("Out");

        foreach (var path in new[] { $"sessions/{SessionIds.Create()}/webhooks", "sessions/none/webhooks", $"sessions/{Id}x/webhooks" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.ReadAsync(path)).StatusCode);
        }

        foreach (var path in new[] { $"{other}/webhooks/{Late.Id}", $"none/webhooks/{Late.Id}", $"{Id}/webhooks/{Delivery(3)}", $"{Id}/webhooks/{Late.Id}0", $"{Id}/webhooks/none", $"{Id}/webhooks/{Id}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.SubmitAsync($"sessions/{path}/redeliver", "")).StatusCode);
        }
    }

    [Fact]
    public async Task A_receiver_may_take_longer_than_a_grain_but_no_longer_than_a_call()
    {
        await using var gateway = await StartAsync(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(3));
        var taken = TimeSpan.FromSeconds(1);
        gateway.Grains.Trouble = _ => Task.Delay(taken, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.SubmitAsync($"sessions/{Id}/webhooks/{Late.Id}/redeliver", "")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.SubmitAsync("webhooks/test", """{"callbackUrl": "https://example.org"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.Http.ReadAsync($"sessions/{Id}/webhooks")).StatusCode);
        taken = TimeSpan.FromSeconds(30);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.Http.SubmitAsync($"sessions/{Id}/webhooks/{Late.Id}/redeliver", "")).StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_site_sends_nothing()
    {
        await using var gateway = await StartAsync();
        List<string> calls = [];
        gateway.Grains.Trouble = call =>
        {
            calls.Add(call);
            return Task.CompletedTask;
        };

        foreach (var path in new[] { $"/api/v1/sessions/{Id}/webhooks/{Late.Id}/redeliver", "/api/v1/webhooks/test" })
        {
            var answer = await RawRequest.SendAsync(
                gateway.Http.BaseAddress!, "POST", path, ["Host: 127.0.0.1:5080", "Content-Type: application/json", "Origin: https://evil.example"], """{"callbackUrl": "https://example.org"}""");
            Assert.Equal(403, answer.Status);
        }

        Assert.Empty(calls);
    }

    private static async Task<StubGateway> StartAsync(TimeSpan? callTimeout = null, TimeSpan? outboundTimeout = null)
    {
        var gateway = await StubGateway.StartAsync(
            configure: options => options.CallTimeout = callTimeout ?? options.CallTimeout,
            services: services => services.Configure<OutboundOptions>(options => options.Timeout = outboundTimeout ?? options.Timeout));
        var session = gateway.Grains.Session(Id);
        session.Begin("Out");
        session.Webhooks =
        [
            Webhook(Late with { Id = Delivery(1), Type = "sessionStatusChanged", Status = WebhookDeliveryStatus.Delivered, LastAttempt = null, NextAttemptAt = null }, Late),
            new() { CallbackUrl = "https://example.org/b", IsDisabled = true, Deliveries = [] },
        ];
        return gateway;
    }

    private static WebhookSnapshot Webhook(params WebhookDelivery[] deliveries) =>
        new() { CallbackUrl = "https://example.org/a", Delivered = 3, Failed = 1, Dropped = 2, Deliveries = [.. deliveries] };

    private static string Delivery(long number) => new DeliveryId(Id, At, 0, number).ToString();
}
