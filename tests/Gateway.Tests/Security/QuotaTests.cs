using System.Globalization;
using System.Net;
using System.Text;
using BlueEdge.Gateway.Tests.Callers;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Gateway.Tests.Sockets;
using BlueEdge.Gateway.Tests.Streams;
using BlueEdge.Sessions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>What tenants may take, over HTTP; the tenant's grain is as it is, without a cluster.</summary>
public sealed class QuotaTests
{
    private const string Hello = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":1}}}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submissions_beyond_the_rate_are_429_until_there_is_room_again_and_of_no_other_tenant()
    {
        var clock = new FakeTimeProvider(new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
        await using var gateway = await StartAsync(clock, ("BlueEdge:Quotas:Tenants:blue:SubmissionsPerSecond", "5"));

        var answers = await SubmitAsync(gateway, "blue", 12);
        var others = await SubmitAsync(gateway, "red", 12);
        clock.Advance(TimeSpan.FromSeconds(0.5));
        var later = await SubmitAsync(gateway, "blue", 12);

        Assert.Equal(5, answers.Count(answer => answer.StatusCode is HttpStatusCode.OK));
        Refused(answers[^1], "submissions-per-second", 5);
        Assert.All(others, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.InRange(later.Count(answer => answer.StatusCode is HttpStatusCode.OK), 2, 3);
        Assert.Equal(5 + 12 + later.Count(answer => answer.StatusCode is HttpStatusCode.OK), gateway.Grains.Ids.Count);
    }

    [Fact]
    public async Task A_second_gateway_has_no_second_quota()
    {
        var clock = new FakeTimeProvider(new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
        await using var one = await StartAsync(clock, ("BlueEdge:Quotas:Default:SubmissionsPerSecond", "10"));
        await using var two = await StartAsync(one.Grains, ("BlueEdge:Quotas:Default:SubmissionsPerSecond", "10"));
        var admitted = 0;

        for (var tenths = 0; tenths < 50; tenths++)
        {
            admitted += (await SubmitAsync(one, "blue", 3)).Concat(await SubmitAsync(two, "blue", 3)).Count(answer => answer.StatusCode is HttpStatusCode.OK);
            clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        Assert.InRange(admitted, (5 * 10 * 0.9) + 5, (5 * 10 * 1.1) + 10);
    }

    [Fact]
    public async Task No_more_sessions_wait_and_run_than_may()
    {
        await using var gateway = await StartAsync(TimeProvider.System, ("BlueEdge:Quotas:Default:OpenSessions", "3"));
        var quota = gateway.Grains.Quotas["blue"] = new(gateway.Grains) { OpenSessions = 3 };

        var full = await SubmitAsync(gateway, "blue", 2);
        var other = await SubmitAsync(gateway, "red", 1);
        quota.OpenSessions = 2;
        await UntilAsync(async () => (await SubmitAsync(gateway, "blue", 1))[0].StatusCode is HttpStatusCode.OK, "a session that has ended makes no room");

        Assert.All(full, answer => Refused(answer, "open-sessions", 3));
        Assert.Equal(HttpStatusCode.OK, other[0].StatusCode);
    }

    [Fact]
    public async Task Bytes_beyond_those_of_the_day_are_429_until_midnight()
    {
        var clock = new FakeTimeProvider(new(2026, 11, 28, 23, 0, 0, TimeSpan.Zero));
        await using var gateway = await StartAsync(clock, ("BlueEdge:Quotas:Default:PayloadBytesPerDay", (Hello.Length * 2).ToString(CultureInfo.InvariantCulture)));

        var answers = await SubmitAsync(gateway, "blue", 3);
        var item = await SendAsync(gateway, "blue", $"sessions/{SessionIds.Create()}/channels/In/items", "1234");
        clock.Advance(TimeSpan.FromHours(2));
        var tomorrow = await SubmitAsync(gateway, "blue", 1);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers.Select(answer => answer.StatusCode));
        Refused(answers[2], "payload-bytes-per-day", Hello.Length * 2, retryAfter: TimeSpan.FromHours(1));
        Refused(item, "payload-bytes-per-day", Hello.Length * 2, retryAfter: TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, tomorrow[0].StatusCode);
    }

    [Fact]
    public async Task Bytes_that_came_are_told_the_grain_and_another_gateway_knows_of_them()
    {
        var clock = new FakeTimeProvider(new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
        await using var one = await StartAsync(clock, ("BlueEdge:Quotas:Default:PayloadBytesPerDay", "1000000"));
        await using var two = await StartAsync(one.Grains, ("BlueEdge:Quotas:Default:PayloadBytesPerDay", (Hello.Length * 3).ToString(CultureInfo.InvariantCulture)));

        await SubmitAsync(one, "blue", 3);
        clock.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => Task.FromResult(one.Grains.Quotas["blue"].State.PayloadBytes == Hello.Length * 3), "the grain does not hear of what came");
        var refused = await SubmitAsync(two, "blue", 1);

        Refused(refused[0], "payload-bytes-per-day", Hello.Length * 3);
    }

    [Fact]
    public async Task An_item_by_a_socket_that_would_be_too_much_closes_its_channel_with_that_reason()
    {
        await using var gateway = await StubGateway.StartAsync(settings: ("BlueEdge:Quotas:Default:PayloadBytesPerDay", (Hello.Length + 10).ToString(CultureInfo.InvariantCulture)));
        var session = await SessionAsync(gateway);
        await using var client = await SocketClient.OpenAsync(gateway.Http, session);
        await client.WriteToAsync(1, "In");

        await client.SendAsync(1, 0, "123456");
        await client.NextAsync("ack");
        await client.SendAsync(1, 1, "123456");
        var error = await client.NextAsync("error");

        Assert.Contains("quota-exceeded", error.Control.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(1, error.Control.GetProperty("sequence").GetInt32());
    }

    [Fact]
    public async Task Sockets_and_event_streams_are_counted_together_and_a_closed_one_makes_room()
    {
        await using var gateway = await StubGateway.StartAsync(settings: ("BlueEdge:Quotas:Default:LiveConnections", "2"));
        var session = await SessionAsync(gateway);
        var socket = await SocketClient.OpenAsync(gateway.Http, session);
        await using var stream = await Listener.OpenAsync(gateway.Http, $"sessions/{session}/events");

        await using var third = await SocketClient.OpenAsync(gateway.Http, session);
        using var refused = await Listener.AskAsync(gateway.Http, $"sessions/{session}/events");
        await socket.DisposeAsync();

        Assert.Equal(HttpStatusCode.SwitchingProtocols, socket.Socket.HttpStatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, third.Socket.HttpStatusCode);
        Refused(await Answer.OfAsync(refused), "live-connections", 2);
        await UntilAsync(
            async () =>
            {
                using var again = await Listener.AskAsync(gateway.Http, $"sessions/{session}/events");
                return again.StatusCode is HttpStatusCode.OK;
            },
            "a socket that was closed makes no room");
    }

    [Fact]
    public async Task Of_two_gateways_each_knows_what_is_open_at_the_other()
    {
        await using var one = await StubGateway.StartAsync(settings: ("BlueEdge:Quotas:Default:LiveConnections", "1"));
        await using var two = await StartAsync(one.Grains, ("BlueEdge:Quotas:Default:LiveConnections", "1"));
        var session = await SessionAsync(one);

        await using var first = await Listener.OpenAsync(one.Http, $"sessions/{session}/events");
        using var second = await Listener.AskAsync(two.Http, $"sessions/{session}/events");

        Refused(await Answer.OfAsync(second), "live-connections", 1);
    }

    [Fact]
    public async Task While_the_grain_is_away_a_gateway_goes_on_with_its_share()
    {
        var clock = new FakeTimeProvider(new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
        await using var gateway = await StartAsync(clock, ("BlueEdge:Quotas:Default:SubmissionsPerSecond", "10"));
        gateway.Grains.Trouble = call => call is "ExchangeQuota" ? throw new TimeoutException("The grain is away.") : Task.CompletedTask;
        var admitted = 0;

        for (var tenths = 0; tenths < 30; tenths++)
        {
            admitted += (await SubmitAsync(gateway, "blue", 3)).Count(answer => answer.StatusCode is HttpStatusCode.OK);
            clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        gateway.Grains.Trouble = null;
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.InRange(admitted, 25, 41);
        await UntilAsync(
            async () =>
            {
                await SubmitAsync(gateway, "blue", 1);
                return gateway.Grains.Quotas["blue"].Exchanges > 0;
            },
            "it does not ask again");
    }

    [Fact]
    public async Task Who_has_no_quota_asks_nobody()
    {
        await using var gateway = await StartAsync(TimeProvider.System);

        await SubmitAsync(gateway, "blue", 3);

        Assert.Empty(gateway.Grains.Quotas);
    }

    [Fact]
    public async Task Where_callers_are_told_apart_there_are_quotas_by_default()
    {
        await using var guarded = await Guarded.StartAsync();
        var key = await guarded.AddAsync(tenant: "blue");

        Assert.Equal(HttpStatusCode.OK, (await guarded.AskAsync(HttpMethod.Post, "process-single-engine", key, Hello)).StatusCode);

        Assert.Equal("blue", Assert.Single(guarded.Grains.Quotas).Key);
    }

    private static Task<StubGateway> StartAsync(TimeProvider clock, params (string Path, string Value)[] settings) => StartAsync(new FakeGrains { Time = clock }, settings);

    private static Task<StubGateway> StartAsync(FakeGrains grains, params (string Path, string Value)[] settings) =>
        StubGateway.StartAsync(grains, services: services => services.AddSingleton<IStartupFilter, CallerStartupFilter>(), settings: settings);

    private static async Task<List<Answer>> SubmitAsync(StubGateway gateway, string tenant, int count)
    {
        List<Answer> answers = [];
        while (answers.Count < count)
        {
            answers.Add(await SendAsync(gateway, tenant, "process-single-engine", Hello));
        }

        return answers;
    }

    private static async Task<Answer> SendAsync(StubGateway gateway, string tenant, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(CallerStartupFilter.Header, tenant);
        return await Answer.OfAsync(await gateway.Http.SendAsync(request, Ct));
    }

    private static async Task<string> SessionAsync(StubGateway gateway) => (await gateway.Http.SubmitAsync("process-single-engine", Hello)).SessionId;

    private static void Refused(Answer answer, string quota, double limit, TimeSpan? retryAfter = null)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal((quota, limit), (answer.Data.GetProperty("quota").GetProperty("name").GetString(), answer.Data.GetProperty("quota").GetProperty("limit").GetDouble()));
        Assert.Equal([("", "quota-exceeded")], answer.Faults);
        Assert.NotNull(answer.Response.Headers.RetryAfter?.Delta);
        if (retryAfter is not null)
        {
            Assert.Equal(retryAfter, answer.Response.Headers.RetryAfter.Delta);
        }
    }

    /// <summary>Over HTTP there is no event to wait for.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSo, string lack)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, lack);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }
}
