using System.Globalization;
using System.Net;
using System.Text;
using BlueEdge.Channels;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Streams;

/// <summary>What is written to a channel, as it is written.</summary>
public sealed class ChannelStreamTests(SiloHost host)
{
    [Fact]
    public async Task All_listeners_hear_every_item_in_order_and_then_the_end()
    {
        var sent = await host.Http.SubmitAsync("process-workflow", Relay(500));
        var listeners = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Listener.OpenAsync(host.Http, $"sessions/{sent.SessionId}/channels/Final/events")));

        foreach (var events in await Task.WhenAll(listeners.Select(each => each.RestAsync())))
        {
            Assert.Equal(Enumerable.Range(0, 500).Select(number => $"1:{number}"), events.SkipLast(1).Select(each => each.Id));
            Assert.Equal(Enumerable.Range(0, 500), events.SkipLast(1).Select(each => each.Data.GetProperty("value").GetProperty("number").GetInt32()));
            Assert.Equal(("end", "end", "finished"), (events[^1].Type, events[^1].Id, events[^1].Status));
        }

        await Task.WhenAll(listeners.Select(each => each.DisposeAsync().AsTask()));
    }

    [Theory]
    [InlineData("?after=1:297", null)]
    [InlineData("", "1:297")]
    [InlineData("?after=1:3", "1:297")]
    public async Task Who_comes_back_goes_on_behind_what_it_had(string query, string? lastEventId)
    {
        var sent = await host.Http.SubmitAsync("process-workflow", Relay(300));

        await using var listener = await Listener.OpenAsync(host.Http, $"sessions/{sent.SessionId}/channels/Final/events{query}", lastEventId);

        Assert.Equal(["1:298", "1:299", "end"], (await listener.RestAsync()).Select(each => each.Id));
    }

    [Fact]
    public async Task Items_come_as_they_are_written_with_what_they_say_of_themselves()
    {
        await using var gateway = await StubGateway.StartAsync();
        var (session, path) = Begin(gateway);
        await using var listener = await Listener.OpenAsync(gateway.Http, path);

        session.Write("Out", Payload.Json("{\n  \"a\": 1,\r\n  \"b\": [\r2]\n}"u8.ToArray()) with { Envelope = new() { Key = "k", Tags = ["t"] } });
        var json = Assert.Single(await listener.TakeAsync(1));
        session.Write("Out", new Payload { Type = ChannelType.Image, MediaType = "image/png", Bytes = new byte[5], Length = 5 }, Payload.Json("no json"u8.ToArray()));
        var others = await listener.TakeAsync(2);

        Assert.Equal("""{"offset":0,"key":"k","tags":["t"],"value":{"a":1,"b":[2]}}""", Compact(json));
        Assert.Equal($$"""{"offset":1,"mediaType":"image/png","length":5,"href":"/api/v1/process-workflow/{{gateway.Grains.IdOf(session)}}/results/Out/1"}""", Compact(others[0]));
        using var bytes = await gateway.Http.GetAsync(new Uri(others[0].Data.GetProperty("href").GetString()!, UriKind.Relative), TestContext.Current.CancellationToken); // Just seen.
        Assert.Equal("image/png", bytes.Content.Headers.ContentType?.MediaType);
        Assert.Equal("1:2", others[1].Id);
        Assert.EndsWith("/results/Out/2", others[1].Data.GetProperty("href").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_attempt_is_told_for_what_it_writes_takes_the_place_of_what_came_before()
    {
        await using var gateway = await StubGateway.StartAsync();
        var (session, path) = Begin(gateway);
        session.Write("Out", Payload.Json("1"u8.ToArray()));
        await using var listener = await Listener.OpenAsync(gateway.Http, path);
        await listener.TakeAsync(1);

        session.BeginAttempt();
        session.Write("Out", Payload.Json("2"u8.ToArray()));
        session.Move(SessionStatus.Finished);

        var events = await listener.RestAsync();
        Assert.Equal(["attempt", "item", "end"], events.Select(each => each.Type));
        Assert.Equal("""{"attempt":2,"former":1}""", Compact(events[0]));
        Assert.Equal(("2:0", "2"), (events[1].Id, events[1].Data.GetProperty("value").GetRawText()));
    }

    [Theory, InlineData("1:7", "gap attempt item end"), InlineData("9:9", "gap attempt item end"), InlineData("2:0", "end")]
    public async Task A_cursor_of_an_attempt_that_is_gone_is_told(string cursor, string expected)
    {
        await using var gateway = await StubGateway.StartAsync();
        var (session, path) = Begin(gateway);
        session.BeginAttempt();
        session.Write("Out", Payload.Json("2"u8.ToArray()));
        session.Move(SessionStatus.Finished);

        await using var listener = await Listener.OpenAsync(gateway.Http, path, cursor);

        Assert.Equal(expected.Split(' '), (await listener.RestAsync()).Select(each => each.Type));
    }

    [Theory]
    [InlineData("x", HttpStatusCode.BadRequest)]
    [InlineData("1", HttpStatusCode.BadRequest)]
    [InlineData("0:1", HttpStatusCode.BadRequest)]
    [InlineData("1:-1", HttpStatusCode.BadRequest)]
    [InlineData("1:9223372036854775807", HttpStatusCode.BadRequest)]
    [InlineData("99999999999:1", HttpStatusCode.BadRequest)]
    [InlineData(":1", HttpStatusCode.BadRequest)]
    [InlineData("end", HttpStatusCode.NoContent)]
    public async Task A_cursor_that_makes_no_sense_is_refused(string cursor, HttpStatusCode expected)
    {
        await using var gateway = await StubGateway.StartAsync();
        var (_, path) = Begin(gateway);

        using var byHeader = await Listener.AskAsync(gateway.Http, path, cursor);
        using var byQuery = await Listener.AskAsync(gateway.Http, $"{path}?after={cursor}");

        Assert.Equal((expected, HttpStatusCode.BadRequest), (byHeader.StatusCode, byQuery.StatusCode));
    }

    [Fact]
    public async Task What_cannot_be_listened_to_is_told_with_what_to_do()
    {
        await using var gateway = await StubGateway.StartAsync();
        var (session, path) = Begin(gateway);

        using var unknown = await Listener.AskAsync(gateway.Http, $"sessions/{gateway.Grains.IdOf(session)}/channels/Other/events");
        using var unwanted = await Listener.AskAsync(gateway.Http, path, accept: "text/html");

        var answer = await Answer.OfAsync(unknown);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("any can be that engines or clients write", answer.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotAcceptable, (await Answer.OfAsync(unwanted)).StatusCode);
    }

    [Fact]
    public async Task A_channel_is_found_by_any_name()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin("a/b c%");
        session.Write("a/b c%", Payload.Json("1"u8.ToArray()));
        session.Move(SessionStatus.Finished);

        await using var listener = await Listener.OpenAsync(gateway.Http, $"sessions/{gateway.Grains.IdOf(session)}/channels/a%2Fb%20c%25/events");

        Assert.Equal(2, (await listener.RestAsync()).Count);
    }

    [Fact]
    public async Task A_listener_that_does_not_read_is_cut_off_and_holds_nobody_up()
    {
        await using var slow = new SiloHost { Settings = { ["BlueEdge__Gateway__RateGrace"] = "00:00:02" } };
        await slow.InitializeAsync();
        var sent = await slow.Http.SubmitAsync("process-workflow", Relay(60, new string('x', 400_000)));
        var path = $"sessions/{sent.SessionId}/channels/Final/events";
        using var unread = await Listener.AskAsync(slow.Http, path);
        await using var listener = await Listener.OpenAsync(slow.Http, path);

        Assert.Equal(61, (await listener.RestAsync()).Count);
        await slow.SaidAsync("were cut off");
        await Assert.ThrowsAnyAsync<Exception>(() => unread.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private static (FakeSession Session, string Path) Begin(StubGateway gateway)
    {
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin("Out");
        return (session, $"sessions/{gateway.Grains.IdOf(session)}/channels/Out/events");
    }

    private static string Compact(StreamEvent each) => System.Text.Json.JsonSerializer.Serialize(each.Data);

    private static string Relay(int items, string filling = "")
    {
        var data = Enumerable.Range(0, items).Select(number => string.Create(CultureInfo.InvariantCulture, $$$"""{"channelName":"Input","payload":{"number":{{{number}}},"filling":"{{{filling}}}"}}"""));
        return new StringBuilder()
            .Append("""{"dataChannels":[{"name":"Input","type":"JSON"},{"name":"Final","type":"JSON","interested":true}],""")
            .Append("""  "engines":[{"id":"relay","inputs":[{"name":"In","linkTo":"Input"}],"outputs":[{"name":"Out","linkTo":"Final"}]}],"startData":[""")
            .AppendJoin(',', data)
            .Append("]}")
            .ToString();
    }
}
