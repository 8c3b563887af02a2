using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using BlueEdge.Client.Webhooks;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Silo.Tests.Processes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>A silo's process on one side, receivers of every kind on the other.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private const string Soon = "00:00:00.2;00:00:00.2";

    private SiloProcess _silo = null!; // Started before any test.

    public async ValueTask InitializeAsync() => _silo = await Sessions.StartSiloAsync(("Webhooks__Retries", Soon), ("Outbound__Timeout", "00:00:02"));

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task All_that_happens_to_a_session_comes_signed_and_in_order()
    {
        await using var hook = await Hook.StartAsync();
        var webhook = Sessions.Webhook(hook.Address, "sessionStatusChanged", "nodeStatusChanged", "finish");
        webhook["callbackHeader"] = new JsonObject { ["X-Key"] = Canaries.Header };

        var session = await _silo.HelloAsync(webhook);
        var end = await hook.EndAsync();

        Assert.Equal(
            ["sessionStatusChanged pending", "nodeStatusChanged preparing", "sessionStatusChanged queuing", "nodeStatusChanged ready", "sessionStatusChanged processing", "finish ", "nodeStatusChanged finished", "sessionStatusChanged finished"],
            hook.Calls.Select(call => $"{call.Type} {call.Status}"));
        Assert.Equal("""[{"greeting":"Hello, Ada!"}]""", end.Data.GetProperty("results").GetProperty("Result").GetRawText());
        Assert.Equal("processing", end.Data.GetProperty("previous").GetString());
        var verifier = new WebhookVerifier([WebhookSecret.Parse(Canaries.Secret)]);
        Assert.All(hook.Calls, call =>
        {
            Assert.Equal((session, Canaries.Header, "application/json"), (call.Session, call.Headers["X-Key"], call.Headers["Content-Type"]));
            Assert.Equal(WebhookVerification.Valid, verifier.Verify(call.Body, call.Id, call.Headers[WebhookHeaders.Timestamp], call.Headers[WebhookHeaders.Signature]));
        });
        Assert.Equal(hook.Calls.Count, hook.Calls.Select(call => call.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task What_is_refused_comes_again_under_the_same_id_and_what_is_behind_it_waits(int code)
    {
        var refusals = 0;
        await using var secret = await Hook.StartAsync();
        await using var hook = await Hook.StartAsync((_, http) =>
        {
            if (Interlocked.Increment(ref refusals) <= 2)
            {
                http.Response.StatusCode = code;
                http.Response.Headers.Location = secret.Address;
            }

            return Task.CompletedTask;
        });

        await _silo.HelloAsync(Sessions.Webhook(hook.Address));
        await hook.EndAsync();

        Assert.Single(hook.Calls.Take(3).Select(call => call.Id).Distinct(StringComparer.Ordinal));
        Assert.Equal(["pending", "pending", "pending", "queuing", "processing", "finished"], hook.Calls.Select(call => call.Status));
        Assert.Empty(secret.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_receiver_says_when_to_come_again(bool isDate)
    {
        var until = DateTimeOffset.MaxValue;
        await using var hook = await Hook.StartAsync((_, http) =>
        {
            if (until == DateTimeOffset.MaxValue)
            {
                // Its date has whole seconds.
                until = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 3);
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                http.Response.Headers.RetryAfter = isDate ? until.ToString("R", CultureInfo.InvariantCulture) : "3";
            }

            return Task.CompletedTask;
        });

        await _silo.HelloAsync(Sessions.Webhook(hook.Address));
        await hook.NextAsync();
        var again = await hook.NextAsync();

        // Signed when it was sent, and that in whole seconds.
        Assert.InRange(long.Parse(again.Headers[WebhookHeaders.Timestamp], CultureInfo.InvariantCulture), until.ToUnixTimeSeconds(), long.MaxValue);
        await hook.EndAsync();
    }

    [Fact]
    public async Task Who_answers_410_hears_no_more_of_that_session_and_of_others_as_before()
    {
        string? unwanted = null;
        await using var hook = await Hook.StartAsync((call, http) =>
        {
            unwanted ??= call.Session;
            http.Response.StatusCode = call.Session == unwanted ? StatusCodes.Status410Gone : StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });

        await _silo.HelloAsync(Sessions.Webhook(hook.Address));
        await hook.NextAsync();
        await _silo.HelloAsync(Sessions.Webhook(hook.Address));
        await hook.EndAsync();

        Assert.Single(hook.Calls, call => call.Session == unwanted);
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("endless")]
    [InlineData("resets")]
    [InlineData("closed")]
    public async Task What_is_no_answer_is_tried_again_and_given_up_and_holds_up_nobody_else(string kind)
    {
        await using var hook = await Hook.StartAsync();
        await using var bad = await BadAsync(kind);

        var session = await _silo.HelloAsync(Sessions.Webhook(bad.Address), Sessions.Webhook(hook.Address));
        await hook.EndAsync();

        Assert.Equal(["pending", "queuing", "processing", "finished"], hook.Calls.Select(call => call.Status));
        for (var given = 0; given < 4; given++)
        {
            await LoggedAsync($"Session {session}: event {session}-", given);
        }
    }

    [Fact]
    public async Task A_dead_address_that_very_many_sessions_name_delays_no_other()
    {
        const int Many = 60;
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var dead = await Hook.StartAsync((_, http) => release.Task.WaitAsync(http.RequestAborted));
        await using var hook = await Hook.StartAsync();

        // None is answered by the dead one before all have come to the other.
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => _silo.HelloAsync(Sessions.Webhook(dead.Address), Sessions.Webhook(hook.Address))));
        HashSet<string> ended = new(StringComparer.Ordinal);
        while (ended.Count < Many)
        {
            ended.Add((await hook.EndAsync()).Session);
        }

        // Each silo has so many calls under way to one address, and these it leaves alone once they have all failed.
        Assert.InRange(dead.Calls.Count, 1, Many);
        release.SetResult();
    }

    [Fact]
    public async Task Headers_of_callers_and_secrets_are_neither_stored_nor_logged_as_they_are()
    {
        const string Key = "canary-of-a-caller-7f3a9";
        await using var hook = await Hook.StartAsync();
        var webhook = Sessions.Webhook(hook.Address);
        webhook["callbackHeader"] = new JsonObject { ["Authorization"] = Key };
        var failing = Sessions.Webhook("http://127.0.0.1:1/hook?token=" + Key);
        failing["callbackHeader"] = new JsonObject { ["Authorization"] = Key };

        await _silo.HelloAsync(webhook, failing);
        Assert.Equal(Key, (await hook.EndAsync()).Headers["Authorization"]);
        await LoggedAsync("is given up", 3);

        Assert.DoesNotContain(Key, _silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Canaries.Secret[6..], _silo.Output, StringComparison.Ordinal);
        await _silo.StopAsync();
        Assert.All(Directory.GetFiles(_silo.DataPath, "*", SearchOption.AllDirectories), file =>
        {
            // The query of an address is a part of it, and so is stored with it.
            var text = File.ReadAllText(file, System.Text.Encoding.Latin1).Replace("token=" + Key, "", StringComparison.Ordinal);
            Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
        });
    }

    /// <summary>Waits until the silo has written a text more often than so.</summary>
    private async Task LoggedAsync(string text, int times)
    {
        // Another process's output has no event to wait for.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        while (_silo.Output.Split(text).Length - 1 <= times)
        {
            Assert.False(patience.IsCancellationRequested, $"'{text}' was not written more than {times} times:\n{_silo.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<BadReceiver> BadAsync(string kind)
    {
        if (kind is "closed")
        {
            using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
            listener.Start();
            return new($"http://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}/hook", null);
        }

        var hook = await Hook.StartAsync((_, http) => kind switch
        {
            "silent" => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted),
            "endless" => TrickleAsync(http),
            _ => ResetAsync(http),
        });
        return new(hook.Address, hook);

        static async Task TrickleAsync(HttpContext http)
        {
            http.Response.StatusCode = StatusCodes.Status200OK;
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync("x", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, http.RequestAborted);
            }
        }

        static async Task ResetAsync(HttpContext http)
        {
            http.Response.StatusCode = StatusCodes.Status200OK;
            http.Response.ContentLength = 100;
            await http.Response.WriteAsync("half", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            http.Features.Get<IHttpRequestLifetimeFeature>()!.Abort(); // The server has it.
        }
    }

    private sealed record BadReceiver(string Address, Hook? Hook) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Hook?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
