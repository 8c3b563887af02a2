using System.Net;
using System.Text.Json;
using BlueEdge.Client.Webhooks;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Webhooks;

namespace BlueEdge.Gateway.Tests.Webhooks;

/// <summary>Receivers that are called with a test, by the real host.</summary>
[Collection(CallingHost.Name)]
public sealed class CalledReceiverTests(WebhookHost host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("crm")]
    public async Task A_test_comes_as_an_event_would_signed_and_with_the_callers_headers(string? secret)
    {
        await using var receiver = await Receiver.StartAsync();

        var answer = await TestAsync(receiver.Address, secret, """{"X-Key": "key of a caller"}""");
        var again = await TestAsync(receiver.Address, secret);

        Assert.Equal((HttpStatusCode.OK, true, 204, true), (answer.StatusCode, answer.Data.GetProperty("delivered").GetBoolean(), answer.Data.GetProperty("statusCode").GetInt32(), answer.Data.GetProperty("signed").GetBoolean()));
        Assert.True(again.Data.GetProperty("delivered").GetBoolean());
        var calls = receiver.Calls.ToList();
        var (headers, body) = calls[0];
        Assert.Equal(("key of a caller", "application/json"), (headers["X-Key"], headers["Content-Type"]));
        Assert.Equal(WebhookVerification.Valid, Verify(secret is null ? WebhookHost.Secret : WebhookHost.CrmSecret, headers, body));
        Assert.Equal(WebhookVerification.SignatureWrong, Verify(secret is null ? WebhookHost.CrmSecret : WebhookHost.Secret, headers, body));
        Assert.NotEqual(headers[WebhookHeaders.Id], calls[1].Headers[WebhookHeaders.Id]);
        using var sent = JsonDocument.Parse(body);
        Assert.Equal("test", sent.RootElement.GetProperty("type").GetString());
        Assert.Equal("{}", sent.RootElement.GetProperty("data").GetProperty("results").GetRawText());
        Assert.True(DeliveryId.TryParse(headers[WebhookHeaders.Id], out var id));
        Assert.Equal(id.SessionId, sent.RootElement.GetProperty("data").GetProperty("sessionId").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.ReadAsync($"process-workflow/{id.SessionId}")).StatusCode);
    }

    [Fact]
    public async Task What_a_receiver_answers_is_told_as_text_and_no_more_than_its_beginning()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = async http =>
        {
            http.Response.StatusCode = 500;
            await http.Response.Body.WriteAsync(new byte[] { 0xff, 0x00, (byte)'"', (byte)'<', 0x1b }.Concat(Enumerable.Repeat((byte)'x', 100_000)).ToArray(), http.RequestAborted);
        };

        var answer = await TestAsync(receiver.Address);

        Assert.Equal((HttpStatusCode.OK, false, 500), (answer.StatusCode, answer.Data.GetProperty("delivered").GetBoolean(), answer.Data.GetProperty("statusCode").GetInt32()));
        Assert.Equal("The receiver answered 500.", answer.Data.GetProperty("error").GetString());
        Assert.Equal("\ufffd\0\"<\u001b" + new string('x', 1_019), answer.Data.GetProperty("answer").GetString());
        Assert.DoesNotContain('\u001b', answer.Text);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = http =>
        {
            http.Response.Redirect(other.Address);
            return Task.CompletedTask;
        };

        var answer = await TestAsync(receiver.Address);

        Assert.Equal((false, 302), (answer.Data.GetProperty("delivered").GetBoolean(), answer.Data.GetProperty("statusCode").GetInt32()));
        Assert.Empty(other.Calls);
    }

    [Theory]
    [InlineData("https://10.1.2.3/hook")]
    [InlineData("http://10.1.2.3/hook")]
    [InlineData("https://[::1]/hook")]
    public async Task What_may_not_be_called_is_not_and_the_answer_says_so(string address)
    {
        var answer = await TestAsync(address);

        Assert.Equal((HttpStatusCode.OK, false), (answer.StatusCode, answer.Data.GetProperty("delivered").GetBoolean()));
        Assert.Contains("BlueEdge:Outbound:Allow", answer.Data.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(answer.Data.TryGetProperty("statusCode", out _));
        Assert.False(answer.Data.TryGetProperty("answer", out _));
    }

    [Fact]
    public async Task A_secret_that_there_is_not_is_a_fault_here_and_in_a_session()
    {
        await using var receiver = await Receiver.StartAsync();
        var webhook = $$"""{"statusTypes": ["finish"], "callbackUrl": "{{receiver.Address}}", "secret": "CRM"}""";

        var test = await host.Http.SubmitAsync("webhooks/test", webhook);
        var session = await host.Http.SubmitAsync("process-single-engine", $$"""{"engineId": "hello", "inputs": {"Control": {"type": "JSON", "payload": {"name": "Ada"} } }, "webhooks": [{{webhook}}]}""");

        test.HasFaults(("/secret", "unknown-secret"));
        session.HasFaults(("/webhooks/0/secret", "unknown-secret"));
        Assert.All([test, session], answer => Assert.DoesNotContain(WebhookHost.CrmSecret, answer.Text, StringComparison.Ordinal));
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task No_more_than_so_many_call_one_address_at_a_time_and_nobody_waits_for_longer_than_a_call_may_take()
    {
        var (now, most, served) = (0, 0, 0);
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = async http =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            if (Interlocked.Increment(ref served) > 2)
            {
                // The first two take their second; all others never answer.
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ContinueWith(_ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            else
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, http.RequestAborted);
            }

            Interlocked.Decrement(ref now);
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TestAsync(receiver.Address)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(2, answers.Count(answer => answer.Data.GetProperty("delivered").GetBoolean()));
        Assert.All(
            answers.Where(answer => !answer.Data.GetProperty("delivered").GetBoolean()),
            answer => Assert.StartsWith("There was no whole answer within 5 s", answer.Data.GetProperty("error").GetString(), StringComparison.Ordinal));
        Assert.Equal(2, most);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var known = Volatile.Read(ref most); value > known && Interlocked.CompareExchange(ref most, value, known) != known; known = Volatile.Read(ref most))
        {
        }
    }

    private static WebhookVerification Verify(string secret, IReadOnlyDictionary<string, string> headers, byte[] body) =>
        new WebhookVerifier([WebhookSecret.Parse(secret)]).Verify(body, headers[WebhookHeaders.Id], headers[WebhookHeaders.Timestamp], headers[WebhookHeaders.Signature]);

    private Task<Answer> TestAsync(string address, string? secret = null, string headers = "{}") =>
        host.Http.SubmitAsync("webhooks/test", $$"""{"callbackUrl": "{{address}}", "callbackHeader": {{headers}}, "secret": {{JsonSerializer.Serialize(secret)}}}""");
}
