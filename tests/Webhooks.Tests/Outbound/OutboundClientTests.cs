using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Text;
using BlueEdge.Outbound;
using BlueEdge.Outbound.Http;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Webhooks.Tests.Outbound;

public sealed class OutboundClientTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public async Task An_answer_is_told_as_it_came()
    {
        await using var server = Server.Answering("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 120\r\nContent-Length: 5\r\n\r\nlater");
        using var harness = OutboundHarness.Allowing();

        var answer = Assert.IsType<OutboundAnswer>(await harness.PostAsync(server.At("127.0.0.1")));

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(120), "later", false), (answer.Status, answer.RetryAfter?.Delta, Encoding.ASCII.GetString(answer.Body.Span), answer.IsCut));
    }

    [Fact]
    public async Task A_time_to_come_again_may_be_a_date()
    {
        await using var server = Server.Answering("HTTP/1.1 503 Busy\r\nRetry-After: Wed, 21 Oct 2026 07:28:00 GMT\r\nContent-Length: 0\r\n\r\n");
        using var harness = OutboundHarness.Allowing();

        var answer = Assert.IsType<OutboundAnswer>(await harness.PostAsync(server.At("127.0.0.1")));

        Assert.Equal(new DateTimeOffset(2026, 10, 21, 7, 28, 0, TimeSpan.Zero), answer.RetryAfter?.Date);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var inside = Server.Answering(Ok);
        await using var server = Server.Answering($"HTTP/1.1 302 Found\r\nLocation: {inside.At("127.0.0.1")}\r\nContent-Length: 0\r\n\r\n");
        using var harness = OutboundHarness.Allowing();

        var answer = Assert.IsType<OutboundAnswer>(await harness.PostAsync(server.At("127.0.0.1")));

        Assert.Equal((HttpStatusCode.Found, 0), (answer.Status, inside.Connections));
    }

    [Fact]
    public async Task An_endless_body_is_cut()
    {
        await using var server = Server.Writing(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), token);
            var some = Encoding.ASCII.GetBytes(new string('x', 10_000));
            while (true)
            {
                await stream.WriteAsync(some, token);
            }
        });
        using var harness = OutboundHarness.Allowing();

        var answer = Assert.IsType<OutboundAnswer>(await harness.PostAsync(server.At("127.0.0.1")));

        Assert.Equal((64 * 1024, true), (answer.Body.Length, answer.IsCut));
    }

    [Fact]
    public async Task A_body_of_just_that_length_is_whole()
    {
        await using var server = Server.Answering($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 65536\r\n\r\n{new string('x', 65_536)}");
        using var harness = OutboundHarness.Allowing();

        var answer = Assert.IsType<OutboundAnswer>(await harness.PostAsync(server.At("127.0.0.1")));

        Assert.Equal((65_536, false), (answer.Body.Length, answer.IsCut));
    }

    [Fact]
    public async Task A_slow_body_is_not_waited_for()
    {
        var clock = new FakeTimeProvider();
        var begun = new TaskCompletionSource<bool>();
        await using var server = Server.Writing(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"u8.ToArray(), token);
            begun.SetResult(true);
            await Task.Delay(Timeout.Infinite, token);
        });
        using var harness = OutboundHarness.On(clock);

        var sending = harness.PostAsync(server.At("127.0.0.1"));
        await SoonAsync(begun.Task);
        clock.Advance(TimeSpan.FromSeconds(14.9));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(OutboundFailureKind.Timeout, Assert.IsType<OutboundFailure>(await SoonAsync(sending)).Kind);
    }

    [Fact]
    public async Task Nor_is_a_name_server_that_says_nothing()
    {
        var clock = new FakeTimeProvider();
        using var harness = OutboundHarness.On(clock);
        harness.Names.AreSilent = true;

        var sending = harness.PostAsync(new("https://hooks.example/"));
        clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(OutboundFailureKind.Timeout, Assert.IsType<OutboundFailure>(await SoonAsync(sending)).Kind);
    }

    [Fact]
    public async Task Who_gives_up_is_not_told_of_a_failure()
    {
        using var harness = OutboundHarness.Allowing();
        harness.Names.AreSilent = true;
        using var giveUp = new CancellationTokenSource();

        var sending = harness.Client.SendAsync(new() { Url = new("https://hooks.example/") }, giveUp.Token);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("")]
    public async Task An_answer_that_is_none_or_half_of_one_is_a_failure(string answer)
    {
        await using var server = Server.Writing(async (stream, token) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), token));
        using var harness = OutboundHarness.Allowing();

        Assert.Equal(OutboundFailureKind.Answer, Assert.IsType<OutboundFailure>(await harness.PostAsync(server.At("127.0.0.1"))).Kind);
    }

    [Fact]
    public async Task So_is_one_with_more_headers_than_anyone_needs()
    {
        await using var server = Server.Writing(async (stream, token) =>
        {
            var headers = string.Concat(Enumerable.Repeat("a: bbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n", 600));
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{headers}Content-Length: 0\r\n\r\n"), token);
        });
        using var harness = OutboundHarness.Allowing();

        Assert.Equal(OutboundFailureKind.Answer, Assert.IsType<OutboundFailure>(await harness.PostAsync(server.At("127.0.0.1"))).Kind);
    }

    [Fact]
    public async Task Cookies_are_not_kept_traces_not_sent_and_the_own_headers_win()
    {
        using var activity = new Activity("of the operator").AddBaggage("a", "secret").Start();
        await using var server = Server.Answering("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
        using var harness = OutboundHarness.Allowing();
        var request = new OutboundRequest
        {
            Url = server.At("127.0.0.1"),
            Body = "{}"u8.ToArray(),
            Headers = Headers(("webhook-id", "mine"), ("X-One", "mine")),
            CallerHeaders = Headers(("X-One", "theirs"), ("Authorization", "Bearer t"), ("Content-Type", "application/vnd.one+json"), ("User-Agent", "They/1")),
        };

        await harness.SendAsync(request);
        await harness.SendAsync(request);

        var head = server.Heads[1].Split("\r\n");
        Assert.Equal(
            ["Authorization: Bearer t", "Content-Length: 2", "Content-Type: application/vnd.one+json", $"Host: 127.0.0.1:{server.Port}", "User-Agent: They/1", "X-One: mine", "webhook-id: mine"],
            head[1..].Where(line => line.Length > 0).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Host", "elsewhere")]
    [InlineData("webhook-id", "forged")]
    [InlineData("X", "a\r\nHost: elsewhere")]
    public async Task A_header_that_may_not_be_sent_stops_the_call_also_of_a_session_that_was_accepted_before(string name, string value)
    {
        await using var server = Server.Answering(Ok);
        using var harness = OutboundHarness.Allowing();

        var result = await harness.SendAsync(new() { Url = server.At("127.0.0.1"), CallerHeaders = Headers((name, value)) });

        Assert.Equal(OutboundReason.Header, Assert.IsType<OutboundRefused>(result).Refusal.Reason);
        Assert.Equal(0, server.Connections);
    }

    /// <summary>What has to come by now, whatever the test's clock says.</summary>
    private static Task<T> SoonAsync<T>(Task<T> what) =>
        what.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System, TestContext.Current.CancellationToken);

    private static ImmutableDictionary<string, string> Headers(params (string Name, string Value)[] headers) =>
        headers.ToImmutableDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
}
