using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Streams;

/// <summary>What is written to a channel that is not kept, as it is written.</summary>
public sealed class TapStreamTests(SiloHost host)
{
    [Theory, InlineData("""  "external": "out"  """), InlineData(""" "interested": false """)]
    public async Task All_listeners_hear_the_same_items_by_the_same_ids_and_then_the_end(string channel)
    {
        var sent = await host.Http.SubmitAsync("process-workflow", Relay(channel, 200));
        var listeners = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Listener.OpenAsync(host.Http, $"sessions/{sent.SessionId}/channels/Final/events")));

        foreach (var events in await Task.WhenAll(listeners.Select(each => each.RestAsync())))
        {
            var (missed, items) = (events is [{ Type: "gap" } gap, ..] ? gap.Data.GetProperty("missed").GetInt32() : 0, events.Where(each => each.Type == "item").ToList());
            Assert.Equal(Enumerable.Range(missed, 200 - missed).Select(number => $"1:{number}"), items.Select(each => each.Id));
            Assert.Equal(Enumerable.Range(missed, 200 - missed), items.Select(each => each.Data.GetProperty("value").GetProperty("number").GetInt32()));
            Assert.Equal(("end", "end", "finished"), (events[^1].Type, events[^1].Id, events[^1].Status));
            if (channel.Contains("out", StringComparison.Ordinal))
            {
                Assert.Equal(201, events.Count);
            }
        }

        await Task.WhenAll(listeners.Select(each => each.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Who_comes_back_goes_on_behind_what_it_had()
    {
        var sent = await host.Http.SubmitAsync("process-workflow", Relay(""" "external": "out" """, 100));

        await using var former = await Listener.OpenAsync(host.Http, $"sessions/{sent.SessionId}/channels/Final/events");
        Assert.Equal(101, (await former.RestAsync()).Count);

        await using var listener = await Listener.OpenAsync(host.Http, $"sessions/{sent.SessionId}/channels/Final/events", "1:97");

        Assert.Equal(["1:98", "1:99", "end"], (await listener.RestAsync()).Select(each => each.Id));
    }

    [Fact]
    public async Task What_is_not_there_any_more_is_told_with_its_count_wherever_it_lies()
    {
        await using var gateway = await StubGateway.StartAsync();
        var (session, tap, path) = Begin(gateway);
        tap.Has(epoch: 1, first: 5, isLast: false, Number(5));
        await using var listener = await Listener.OpenAsync(gateway.Http, path);
        var first = await listener.TakeAsync(2);

        tap.Has(epoch: 1, first: 9, isLast: true, Number(9));
        session.Move(SessionStatus.Finished);
        var events = (StreamEvent[])[.. first, .. await listener.RestAsync()];

        Assert.Equal(["gap", "item", "gap", "item", "end"], events.Select(each => each.Type));
        Assert.Equal(["1:4", "1:5", "1:8", "1:9", "end"], events.Select(each => each.Id));
        Assert.Equal([5, 3], events.Where(each => each.Type == "gap").Select(each => each.Data.GetProperty("missed").GetInt32()));
    }

    [Fact]
    public async Task A_new_attempt_is_told_for_what_it_writes_takes_the_place_of_what_came_before()
    {
        await using var gateway = await StubGateway.StartAsync();
        var (session, tap, path) = Begin(gateway);
        tap.Has(epoch: 1, first: 0, isLast: false, Number(1));
        await using var listener = await Listener.OpenAsync(gateway.Http, path);
        await listener.TakeAsync(1);

        tap.Has(epoch: 2, first: 1, isLast: true, Number(2));
        session.Move(SessionStatus.Finished);
        var events = await listener.RestAsync();

        Assert.Equal(["attempt", "gap", "item", "end"], events.Select(each => each.Type));
        Assert.Equal((1, "2:0", "2:1"), (events[1].Data.GetProperty("missed").GetInt32(), events[1].Id, events[2].Id));
    }

    [Fact]
    public async Task A_slow_caller_is_given_what_there_is_in_pages()
    {
        await using var gateway = await StubGateway.StartAsync();
        var (session, tap, path) = Begin(gateway);
        tap.PageItems = 3;
        tap.Has(epoch: 1, first: 0, isLast: true, [.. Enumerable.Range(0, 10).Select(Number)]);
        session.Move(SessionStatus.Finished);

        await using var listener = await Listener.OpenAsync(gateway.Http, path);

        Assert.Equal([.. Enumerable.Range(0, 10).Select(number => $"1:{number}"), "end"], (await listener.RestAsync()).Select(each => each.Id));
    }

    [Fact]
    public async Task Bytes_are_read_by_the_items_id_as_long_as_it_is_there()
    {
        await using var gateway = await StubGateway.StartAsync();
        var (_, tap, path) = Begin(gateway);
        tap.Has(epoch: 1, first: 3, isLast: false, new Payload { Type = ChannelType.Image, MediaType = "image/png", Bytes = new byte[] { 7, 8 }, Length = 2 });
        await using var listener = await Listener.OpenAsync(gateway.Http, path);
        var href = (await listener.TakeAsync(2))[1].Data.GetProperty("href").GetString()!; // Of what is not JSON there is one.

        Assert.EndsWith("/channels/a%2Fb/items/1:3", href, StringComparison.Ordinal);
        using (var bytes = await gateway.Http.GetAsync(new Uri(href, UriKind.Relative), TestContext.Current.CancellationToken))
        {
            Assert.Equal("image/png", bytes.Content.Headers.ContentType?.MediaType);
            Assert.Equal([7, 8], await bytes.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        foreach (var gone in new[] { href.Replace("1:3", "1:2", StringComparison.Ordinal), href.Replace("1:3", "2:3", StringComparison.Ordinal), href.Replace("1:3", "x", StringComparison.Ordinal) })
        {
            using var answer = await gateway.Http.GetAsync(new Uri(gone, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static (FakeSession Session, FakeTap Tap, string Path) Begin(StubGateway gateway)
    {
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin("kept");
        var id = gateway.Grains.IdOf(session);
        var tap = gateway.Grains.Taps.GetOrAdd(new ChannelKey(id, "a/b").ToString(), _ => new(gateway.Grains));
        return (session, tap, $"sessions/{id}/channels/a%2Fb/events");
    }

    private static Payload Number(int number) => Payload.Json(JsonSerializer.SerializeToUtf8Bytes(number));

    private static string Relay(string channel, int items) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $$"""{"dataChannels":[{"name":"Input","type":"JSON"},{"name":"Final","type":"JSON",{{channel}}}],""")
        .Append("""  "engines":[{"id":"relay","inputs":[{"name":"In","linkTo":"Input"}],"outputs":[{"name":"Out","linkTo":"Final"}]}],"startData":[""")
        .AppendJoin(',', Enumerable.Range(0, items).Select(number => string.Create(CultureInfo.InvariantCulture, $$$"""{"channelName":"Input","payload":{"number":{{{number}}}}}""")))
        .Append("]}")
        .ToString();
}
