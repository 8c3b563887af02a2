using System.Globalization;
using System.Text.Json.Nodes;
using BlueEdge.Client.Webhooks;
using BlueEdge.Silo.Tests.Processes;
using Microsoft.AspNetCore.Http;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>What happens to a silo while events wait for their next try: its secret is exchanged, it starts anew, its clock is set.</summary>
public sealed class UnluckyTests
{
    private const string EverySecond = "00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01;00:00:01";

    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal)
    {
        ["BlueEdge__Outbound__Allow"] = "127.0.0.1",
        ["BlueEdge__Webhooks__Secret"] = Canaries.Secret,
        ["BlueEdge__Webhooks__Retries"] = EverySecond,
    };

    private bool _isAway = true;

    [Fact]
    public async Task A_secret_that_is_exchanged_while_an_event_waits_signs_its_next_try()
    {
        await using var hook = await Hook.StartAsync(AnswerAsync);
        await using var silo = await SiloProcess.StartAsync(settings: _settings);
        await silo.HelloAsync(Sessions.Webhook(hook.Address));
        var before = await hook.NextAsync();

        _settings["BlueEdge__Webhooks__Secret"] = $"{Canaries.Secret};{Canaries.OtherSecret}";
        await silo.KillAsync();
        await silo.RestartAsync();
        _isAway = false;
        var end = await hook.EndAsync();

        Assert.Equal((true, false), (IsSigned(before, Canaries.Secret), IsSigned(before, Canaries.OtherSecret)));
        Assert.Equal((true, true), (IsSigned(end, Canaries.Secret), IsSigned(end, Canaries.OtherSecret)));
        Assert.Contains(hook.Calls, call => call.Id == before.Id && IsSigned(call, Canaries.OtherSecret));
    }

    [Fact]
    public async Task A_named_secret_that_is_gone_for_a_while_loses_nothing()
    {
        const string Setting = "BlueEdge__Webhooks__Secrets__crm";
        _settings[Setting] = Canaries.OtherSecret;
        await using var hook = await Hook.StartAsync(AnswerAsync);
        await using var silo = await SiloProcess.StartAsync(settings: _settings);
        var webhook = Sessions.Webhook(hook.Address);
        webhook["secret"] = "crm";
        var session = await silo.HelloAsync(webhook);
        await hook.NextAsync();
        await silo.Http.GetJsonAsync($"api/v1/process-single-engine/{session}?waitTimeSecond=30"); // Killed in its middle it would fail.

        await silo.KillAsync();
        _settings.Remove(Setting);
        _isAway = false;
        await silo.RestartAsync();
        await silo.Http.WebhooksAsync(session, each => each.GetProperty("deliveries").EnumerateArray().Any(delivery =>
            delivery.TryGetProperty("lastAttempt", out var last) && last.ToString().Contains("BlueEdge:Webhooks:Secrets:crm", StringComparison.Ordinal)));
        await silo.KillAsync();
        _settings[Setting] = Canaries.OtherSecret;
        await silo.RestartAsync();
        await hook.EndAsync();

        Assert.Equal(["pending", "queuing", "processing", "finished"], hook.Calls.DistinctBy(call => call.Id).Select(call => call.Status));
        Assert.All(hook.Calls, call => Assert.True(IsSigned(call, Canaries.OtherSecret)));
    }

    [Fact]
    public async Task A_receiver_that_asked_for_patience_has_it_from_a_silo_that_starts_anew_too()
    {
        const int Seconds = 12;
        var asked = DateTimeOffset.MinValue;
        await using var hook = await Hook.StartAsync((_, http) =>
        {
            if (asked == DateTimeOffset.MinValue)
            {
                asked = TimeProvider.System.GetUtcNow();
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                http.Response.Headers.RetryAfter = Seconds.ToString(CultureInfo.InvariantCulture);
            }

            return Task.CompletedTask;
        });
        await using var silo = await SiloProcess.StartAsync(settings: _settings);
        var session = await silo.HelloAsync(Sessions.Webhook(hook.Address));
        var first = await hook.NextAsync();
        await silo.Http.WebhooksAsync(session, each => each.GetProperty("deliveries").EnumerateArray().Any(delivery => delivery.TryGetProperty("nextAttemptAt", out _)));

        await silo.KillAsync();
        await silo.RestartAsync();
        var second = await hook.NextAsync();

        Assert.Equal(first.Id, second.Id);
        Assert.True(second.ArrivedAt - asked >= TimeSpan.FromSeconds(Seconds), $"It came after {second.ArrivedAt - asked}.");
        await hook.EndAsync();
    }

    [Theory]
    [InlineData("-3h")]
    [InlineData("+3h")]
    public async Task A_clock_that_is_set_while_an_event_waits_delays_no_try_and_is_the_one_it_is_signed_by(string offset)
    {
        Assert.SkipUnless(SetClock.IsThere, "There is no libfaketime on this machine.");
        using var clock = new SetClock();
        foreach (var (name, value) in clock.Settings)
        {
            _settings[name] = value;
        }

        await using var hook = await Hook.StartAsync(AnswerAsync);
        await using var silo = await SiloProcess.StartAsync(settings: _settings);
        await silo.HelloAsync(Sessions.Webhook(hook.Address));
        await hook.NextAsync();

        clock.Set(offset);
        _isAway = false;
        var end = await hook.EndAsync();

        var set = end.ArrivedAt + TimeSpan.FromHours(offset[0] is '-' ? -3 : 3);
        Assert.InRange(long.Parse(end.Headers[WebhookHeaders.Timestamp], CultureInfo.InvariantCulture), set.ToUnixTimeSeconds() - 60, set.ToUnixTimeSeconds() + 60);
    }

    [Fact]
    public async Task A_huge_answer_is_one_and_its_beginning_is_told()
    {
        await using var hook = await Hook.StartAsync(async (_, http) =>
        {
            http.Response.StatusCode = StatusCodes.Status200OK;
            var page = new byte[64 * 1024];
            Array.Fill(page, (byte)'x');
            for (var pages = 0; pages < 1_000; pages++)
            {
                await http.Response.Body.WriteAsync(page, http.RequestAborted);
            }
        });
        await using var silo = await SiloProcess.StartAsync(settings: _settings);

        var session = await silo.HelloAsync(Sessions.Webhook(hook.Address));
        var webhook = Assert.Single(await silo.Http.WebhooksAsync(session, each => each.GetProperty("delivered").GetInt32() == 4));

        Assert.All(webhook.GetProperty("deliveries").EnumerateArray(), delivery => Assert.Equal(new string('x', 1_024), delivery.GetProperty("lastAttempt").GetProperty("answer").GetString()));
    }

    [Fact]
    public async Task A_header_that_would_be_two_is_a_fault()
    {
        await using var silo = await SiloProcess.StartAsync(settings: _settings);
        foreach (var value in (string[])["a\r\nwebhook-id: forged", "a\nb", "a\rb", "a\0b", "a\u2028b", "ä"])
        {
            var webhook = new JsonObject { ["callbackUrl"] = "http://127.0.0.1:1/", ["callbackHeader"] = new JsonObject { ["X-Key"] = value } };
            using var content = new StringContent(webhook.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

            using var answer = await silo.Http.PostAsync(new Uri("api/v1/webhooks/test", UriKind.Relative), content, TestContext.Current.CancellationToken);

            Assert.Contains("/callbackHeader/X-Key", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal(StatusCodes.Status400BadRequest, (int)answer.StatusCode);
        }
    }

    private static bool IsSigned(HookCall call, string secret) =>
        new WebhookVerifier([WebhookSecret.Parse(secret)]).Verify(call.Body, call.Id, call.Headers[WebhookHeaders.Timestamp], call.Headers[WebhookHeaders.Signature]) is WebhookVerification.Valid;

    private Task AnswerAsync(HookCall call, HttpContext http)
    {
        if (_isAway)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return Task.CompletedTask;
    }
}
