using System.Net;
using System.Text.Json;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Tests.Sessions.Events;

public sealed class SessionEventsTests(SiloHost host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happened_is_told_in_order_with_words_for_people()
    {
        var sent = await host.Http.SubmitAsync("process-single-engine", Hello("\"events\": true, \"waitTimeSecond\": 20"));
        Assert.Equal("finished", sent.Status);

        var data = (await GetAsync($"sessions/{sent.SessionId}/events")).GetProperty("data");

        Assert.Equal((sent.SessionId, true), (data.GetProperty("sessionId").GetString(), data.GetProperty("kept").GetBoolean()));
        Assert.False(data.TryGetProperty("next", out _));
        List<JsonElement> events = [.. data.GetProperty("events").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(one => one.GetProperty("number").GetInt32()));
        Assert.Equal(
            ["pending", "queuing", "processing", "finished"],
            events.Where(one => one.GetProperty("type").GetString() == "sessionStatusChanged").Select(one => one.GetProperty("status").GetString()!)); // It has one.
        Assert.Equal(
            ["waiting>preparing", "preparing>ready", "ready>finished"],
            events.Where(one => one.GetProperty("type").GetString() == "nodeStatusChanged").Select(one => $"{one.GetProperty("previous").GetString()}>{one.GetProperty("status").GetString()}"));
        Assert.Single(events, one => one.GetProperty("type").GetString() == "attemptBegan");
        var said = Assert.Single(events, one => one.GetProperty("type").GetString() == "engineEvent");
        Assert.Equal(("finish", """{"type":"finish","node":"hello"}"""), (said.GetProperty("eventType").GetString(), said.GetProperty("event").GetRawText()));
        Assert.False(said.TryGetProperty("eventBytes", out _));
    }

    [Fact]
    public async Task A_client_follows_page_by_page_and_is_told_when_nothing_more_will_come()
    {
        var sent = await host.Http.SubmitAsync("process-single-engine", Hello("\"events\": true"));

        long? next = 0;
        List<string?> statuses = [];
        while (next is { } after)
        {
            var data = (await GetAsync($"sessions/{sent.SessionId}/events?waitTimeSecond=20&after={after}")).GetProperty("data");
            statuses.AddRange(data.GetProperty("events").EnumerateArray().Where(one => !one.TryGetProperty("node", out _)).Select(one => one.GetProperty("type").GetString()));
            next = data.TryGetProperty("next", out var number) ? number.GetInt64() : null;
        }

        Assert.Equal(5, statuses.Count);
    }

    [Fact]
    public async Task One_that_keeps_no_events_says_how_to_have_them()
    {
        var sent = await host.Http.SubmitAsync("process-single-engine", Hello("\"rank\": 0"));

        var answer = await GetAsync($"sessions/{sent.SessionId}/events?waitTimeSecond=20");

        Assert.Contains("\"events\": true", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((false, 0), (answer.GetProperty("data").GetProperty("kept").GetBoolean(), answer.GetProperty("data").GetProperty("events").GetArrayLength()));
    }

    [Theory]
    [InlineData("sessions/00000000000000000000000000000000/events", HttpStatusCode.NotFound)]
    [InlineData("sessions/nonsense/events", HttpStatusCode.NotFound)]
    [InlineData("sessions/nonsense/events?after=-1", HttpStatusCode.BadRequest)]
    [InlineData("sessions/nonsense/events?after=x&waitTimeSecond=y", HttpStatusCode.BadRequest)]
    [InlineData("sessions/nonsense/events?after=1&after=2", HttpStatusCode.BadRequest)]
    public async Task What_is_not_there_or_makes_no_sense_is_refused(string path, HttpStatusCode expected)
    {
        using var response = await host.Http.GetAsync(new Uri(path, UriKind.Relative), Ct);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Events_must_be_true_or_false()
    {
        var sent = await host.Http.SubmitAsync("process-single-engine", Hello("\"events\": \"yes\""));

        Assert.Contains(sent.Faults, fault => fault.Pointer == "/events");
    }

    [Fact]
    public async Task A_wait_outlives_a_silo_that_answers_early_and_one_that_is_away()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin(new SessionSpec { Channels = [], Nodes = [], KeepsEvents = true });
        var calls = 0;
        gateway.Grains.Trouble = call => (call, call is nameof(ISessionGrain.FollowEventsAsync) ? ++calls : 0) switch
        {
            (nameof(ISessionGrain.FollowEventsAsync), 2) => Task.FromException(new SiloUnavailableException("It is just going.")),
            (nameof(ISessionGrain.FollowEventsAsync), 3) => Add(),
            _ => Task.CompletedTask,
        };

        using var answer = JsonDocument.Parse(await gateway.Http.GetStringAsync(new Uri($"sessions/{gateway.Grains.IdOf(session)}/events?waitTimeSecond=50", UriKind.Relative), Ct));

        Assert.Equal(3, calls);
        Assert.Equal(1, answer.RootElement.GetProperty("data").GetProperty("next").GetInt64());

        Task Add()
        {
            session.Events.Add(new() { Number = 1, At = DateTimeOffset.UnixEpoch, Kind = SessionEventKind.StatusChanged, Epoch = 1, Status = SessionStatus.Pending });
            return Task.CompletedTask;
        }
    }

    private static string Hello(string members) =>
        """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"}}},"outputs":{"Result":{"type":"JSON","interested":true}},""" + members + "}";

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = JsonDocument.Parse(await host.Http.GetStringAsync(new Uri(path, UriKind.Relative), Ct));
        return answer.RootElement.Clone();
    }
}
