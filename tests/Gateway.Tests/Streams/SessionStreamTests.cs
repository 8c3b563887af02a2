using System.Net;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Tests.Streams;

/// <summary>A session's events, as they happen.</summary>
public sealed class SessionStreamTests(SiloHost host)
{
    [Fact]
    public async Task A_listener_hears_all_that_happens_as_it_happens_and_then_the_end()
    {
        var sent = await host.Http.SubmitAsync("process-single-engine", Delay("\"events\": true"));
        await using var listener = await Listener.OpenAsync(host.Http, $"sessions/{sent.SessionId}/events");
        var first = await listener.TakeAsync(2);
        await host.Http.SubmitAsync($"process-single-engine/{sent.SessionId}/stop?waitTimeSecond=0", "");

        var rest = await listener.RestAsync();

        Assert.Equal(("status", ""), (first[0].Type, first[0].Id));
        var events = first.Skip(1).Concat(rest).SkipLast(1).Where(each => each.Type is not "status").ToList();
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => $"{number}"), events.Select(each => each.Id));
        Assert.All(events, each => Assert.Equal((each.Type, each.Id), (each.Data.GetProperty("type").GetString(), each.Data.GetProperty("number").GetRawText())));
        Assert.Contains(events, each => each.Type is "nodeStatusChanged");
        Assert.Equal("canceled", events.Last(each => each.Type is "sessionStatusChanged").Data.GetProperty("status").GetString());
        Assert.Equal(("end", "end", "canceled"), (rest[^1].Type, rest[^1].Id, rest[^1].Status));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Who_comes_back_goes_on_behind_what_it_had(bool byHeader)
    {
        var sent = await host.Http.SubmitAsync("process-single-engine", Hello("\"events\": true, \"waitTimeSecond\": 20"));

        // A browser repeats the address that it began with.
        await using var listener = await Listener.OpenAsync(host.Http, $"sessions/{sent.SessionId}/events?after={(byHeader ? 1 : 3)}", byHeader ? "3" : null);

        var events = await listener.RestAsync();
        Assert.Equal("4", events.First(each => each.Type is not "status").Id);
        Assert.Equal("end", events[^1].Type);
    }

    [Fact]
    public async Task A_browser_that_has_had_the_end_is_told_to_come_back_no_more()
    {
        var sent = await host.Http.SubmitAsync("process-single-engine", Hello("\"events\": true, \"waitTimeSecond\": 20"));

        using var answer = await Listener.AskAsync(host.Http, $"sessions/{sent.SessionId}/events", "end");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Of_a_session_that_keeps_no_events_its_statuses_come()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin("Out");
        await using var listener = await Listener.OpenAsync(gateway.Http, $"sessions/{gateway.Grains.IdOf(session)}/events");
        var waiting = await listener.TakeAsync(1);

        session.Move(SessionStatus.Processing);
        var running = await listener.TakeAsync(1);
        session.Move(SessionStatus.Failed, "It broke.");
        var rest = await listener.RestAsync();

        Assert.Equal(("status", "pending"), (waiting[0].Type, waiting[0].Status));
        Assert.Equal("hello", waiting[0].Data.GetProperty("process").GetProperty("waits_for")[0].GetProperty("engine").GetString());
        Assert.Equal(("status", "processing"), (running[0].Type, running[0].Status));
        Assert.Equal(["status", "end"], rest.Select(each => each.Type));
        Assert.Equal("It broke.", rest[1].Data.GetProperty("process").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Events_that_were_dropped_before_are_told_as_a_gap()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = Begin(gateway);
        session.Events.Add(Happened(7, SessionStatus.Finished));
        session.Move(SessionStatus.Finished);

        await using var listener = await Listener.OpenAsync(gateway.Http, $"sessions/{gateway.Grains.IdOf(session)}/events");

        var events = await listener.RestAsync();
        Assert.Equal(["status", "gap", "sessionStatusChanged", "end"], events.Select(each => each.Type));
        Assert.Equal(6, events[1].Data.GetProperty("missed").GetInt64());
    }

    [Fact]
    public async Task A_cluster_that_is_away_for_a_while_costs_a_listener_nothing()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = Begin(gateway);
        var away = 5;
        gateway.Grains.Trouble = call =>
        {
            if (call is not nameof(ISessionGrain.FollowEventsAsync))
            {
                return Task.CompletedTask;
            }

            if (--away == 0)
            {
                session.Events.Add(Happened(1, SessionStatus.Finished));
                session.Move(SessionStatus.Finished);
            }

            return away < 0 ? Task.CompletedTask : Task.FromException(new SiloUnavailableException("It is gone."));
        };
        await using var listener = await Listener.OpenAsync(gateway.Http, $"sessions/{gateway.Grains.IdOf(session)}/events");

        var events = await listener.RestAsync();

        Assert.Equal(["status", "sessionStatusChanged", "end"], events.Select(each => each.Type));
    }

    [Fact]
    public async Task A_gateway_that_stops_ends_its_streams_at_once_and_says_nothing_of_an_end()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin("Out");
        await using var listener = await Listener.OpenAsync(gateway.Http, $"sessions/{gateway.Grains.IdOf(session)}/events");
        await listener.TakeAsync(1);

        await gateway.StopAsync().WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Empty(await listener.RestAsync());
        Assert.Equal(0, session.Waiting);
    }

    [Fact]
    public async Task A_listener_that_goes_leaves_nothing_behind()
    {
        await using var gateway = await StubGateway.StartAsync(configure: options => options.MaxWaits = 1);
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin("Out");
        var path = $"sessions/{gateway.Grains.IdOf(session)}/events";
        var listener = await Listener.OpenAsync(gateway.Http, path);
        await listener.TakeAsync(1);
        using (var refused = await Listener.AskAsync(gateway.Http, path))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        await listener.DisposeAsync();

        // What a client does reaches the other side of a socket some time later, and nothing tells when.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        HttpStatusCode status;
        do
        {
            using var answer = await Listener.AskAsync(gateway.Http, path);
            status = answer.StatusCode;
        }
        while (status is HttpStatusCode.ServiceUnavailable && !patience.IsCancellationRequested);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData("sessions/00000000000000000000000000000000/events", null, HttpStatusCode.NotFound)]
    [InlineData("sessions/nonsense/events", "1", HttpStatusCode.NotFound)]
    [InlineData("sessions/nonsense/events?after=-1", null, HttpStatusCode.BadRequest)]
    [InlineData("sessions/nonsense/events", "x", HttpStatusCode.BadRequest)]
    [InlineData("sessions/nonsense/events", "-1", HttpStatusCode.BadRequest)]
    [InlineData("sessions/nonsense/events", "1:1", HttpStatusCode.BadRequest)]
    [InlineData("sessions/nonsense/events", "99999999999999999999", HttpStatusCode.BadRequest)]
    public async Task What_is_not_there_or_makes_no_sense_is_refused_before_anything_is_streamed(string path, string? lastEventId, HttpStatusCode expected)
    {
        using var response = await Listener.AskAsync(host.Http, path, lastEventId);

        var answer = await Answer.OfAsync(response);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/event-stream;q=0.5, application/json", "application/json")]
    [InlineData("text/event-stream;q=0", "application/json")]
    [InlineData("application/json;q=0.5, text/event-stream", "text/event-stream")]
    [InlineData("text/event-stream, */*", "text/event-stream")]
    public async Task A_stream_is_for_those_who_ask_for_it(string accept, string expected)
    {
        var sent = await host.Http.SubmitAsync("process-single-engine", Hello("\"events\": true, \"waitTimeSecond\": 20"));

        using var answer = await Listener.AskAsync(host.Http, $"sessions/{sent.SessionId}/events", accept: accept);

        Assert.Equal(expected, answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Asked_for_the_head_alone_a_stream_without_end_is_answered_at_once()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = Begin(gateway);
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri($"sessions/{gateway.Grains.IdOf(session)}/events", UriKind.Relative)) { Headers = { { "Accept", "text/event-stream" } } };

        using var answer = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
    }

    private static FakeSession Begin(StubGateway gateway)
    {
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin(new SessionSpec { Channels = [], Nodes = [], KeepsEvents = true });
        return session;
    }

    private static SessionEvent Happened(long number, SessionStatus status) =>
        new() { Number = number, At = DateTimeOffset.UnixEpoch, Kind = SessionEventKind.StatusChanged, Epoch = 1, Status = status };

    private static string Hello(string members) =>
        """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"}}},""" + members + "}";

    private static string Delay(string members) =>
        """{"engineId":"delay","inputs":{"Control":{"type":"JSON","payload":{"seconds":60}}},""" + members + "}";
}
