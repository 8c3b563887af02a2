using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Gateway.Sockets;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Gateway.Tests.Sockets;

/// <summary>Listening by a socket, to a session that does what the test says.</summary>
public sealed class SocketListeningTests
{
    [Fact]
    public async Task Items_come_as_they_are_written_and_then_the_end_the_status_and_the_close()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = Begin(gateway);
        await using var client = await SocketClient.OpenAsync(gateway, session);
        await client.ListenToAsync(7, "Out");

        session.Write("Out", Json("""{"a":1}"""));
        var first = await client.NextAsync();
        session.Write("Out", Payload.Inline(ChannelType.Image, "image/png", new byte[3]) with { Envelope = new() { Key = "k" } });
        var second = await client.NextAsync();
        session.Move(SessionStatus.Finished);

        Assert.Equal((7, "1:0", "", """{"a":1}"""), (first.Channel, first.Cursor, first.Metadata, first.ContentText));
        Assert.Equal(("1:1", """{"mediaType":"image/png","length":3,"key":"k"}""", 3), (second.Cursor, second.Metadata, second.Content.Length));
        Assert.Equal("""{"type":"end","channel":7}""", (await client.NextAsync()).Control.GetRawText());
        Assert.Equal(1000, (await client.NextAsync()).CloseCode);
        Assert.Equal("pending finished", string.Join(' ', client.Statuses));
    }

    [Fact]
    public async Task A_client_gets_its_credit_and_no_more_until_it_gives_more()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = Begin(gateway);
        session.Write("Out", [.. Enumerable.Range(0, 10).Select(each => Json($"{each}"))]);
        await using var client = await SocketClient.OpenAsync(gateway, session);
        await client.ListenToAsync(1, "Out", items: 2, bytes: 100);

        Assert.Equal(["1:0", "1:1"], await client.TakeAsync(2, item => item.Cursor));

        // What comes before the answer to a question that is asked now came without credit.
        await client.SayAsync("""{"type":"open","channel":2,"name":"None","direction":"out"}""");
        Assert.Equal("error", (await client.NextAsync()).Type);
        await client.SayAsync("""{"type":"credit","channel":1,"items":1,"bytes":0}""");
        Assert.Equal("1:2", (await client.NextAsync()).Cursor);
    }

    [Fact]
    public async Task What_waits_for_credit_is_let_go_of_and_read_again()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = Begin(gateway);
        session.Write("Out", [.. Enumerable.Range(0, 6).Select(each => Json($"\"{each}{new string('x', 50_000)}\""))]);
        session.Move(SessionStatus.Finished);
        var reads = 0;
        gateway.Grains.Trouble = call =>
        {
            reads += call is nameof(ISessionGrain.FollowResultsAsync) ? 1 : 0;
            return Task.CompletedTask;
        };
        await using var client = await SocketClient.OpenAsync(gateway, session);
        await client.ListenToAsync(1, "Out", items: 1);

        for (var each = 0; each < 6; each++)
        {
            Assert.Equal($"1:{each}", (await client.NextAsync()).Cursor);
            await client.SayAsync("""{"type":"credit","channel":1,"items":1}""");
        }

        Assert.Equal("end", (await client.NextAsync()).Type);
        Assert.InRange(reads, 2, 6);
    }

    [Fact]
    public async Task Who_gives_no_credit_for_long_is_closed_as_slow_and_the_others_are_not()
    {
        await using var gateway = await StubGateway.StartAsync(services: services => services.Configure<SocketOptions>(options => options.Patience = TimeSpan.FromSeconds(1)));
        var session = Begin(gateway);
        session.Write("Out", Json("1"), Json("2"));
        await using var slow = await SocketClient.OpenAsync(gateway, session);
        await using var other = await SocketClient.OpenAsync(gateway, session);
        await other.ListenToAsync(1, "Out");
        await slow.ListenToAsync(1, "Out", items: 1);

        Assert.Equal("1:0", (await slow.NextAsync()).Cursor);
        var close = await slow.NextAsync();
        session.Write("Out", Json("3"));

        Assert.Equal((4408, "Items of channel 1 waited for credit for too long: go on behind the last one."), (close.CloseCode, close.Reason));
        Assert.Equal(["1", "2", "3"], await other.TakeAsync(3, item => item.ContentText));
    }

    [Fact]
    public async Task Of_a_latest_channel_the_newest_comes_and_what_was_passed_over_is_counted()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin(new SessionSpec { Channels = [new() { Name = "Out", Type = ChannelType.Json, Interested = true, External = ExternalDirection.Out, Delivery = DeliveryMode.Latest }], Nodes = [] });
        session.Write("Out", Json("1"), Json("2"), Json("3"));
        await using var client = await SocketClient.OpenAsync(gateway, session);
        await client.ListenToAsync(1, "Out");

        var gap = await client.NextAsync();

        Assert.Equal("""{"type":"gap","channel":1,"epoch":1,"missed":2}""", gap.Control.GetRawText());
        Assert.Equal(["1:2 3"], await client.TakeAsync(1, item => $"{item.Cursor} {item.ContentText}"));
    }

    [Fact]
    public async Task A_channel_that_is_not_kept_is_heard_from_its_tap_and_what_that_let_go_of_is_counted()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = Begin(gateway);
        var tap = gateway.Grains.Taps.GetOrAdd(new ChannelKey(gateway.Grains.IdOf(session), "a/b").ToString(), _ => new(gateway.Grains));
        tap.Has(epoch: 1, first: 5, isLast: false, Json("5"));
        await using var client = await SocketClient.OpenAsync(gateway, session);
        await client.ListenToAsync(1, "a/b", after: "1:1");

        Assert.Equal("""{"type":"gap","channel":1,"epoch":1,"missed":3}""", (await client.NextAsync()).Control.GetRawText());
        Assert.Equal("1:5", (await client.NextAsync()).Cursor);
        tap.Has(epoch: 1, first: 6, isLast: true, Json("6"));
        Assert.Equal("1:6", (await client.NextAsync()).Cursor);
        Assert.Equal("end", (await client.NextAsync()).Type);
    }

    [Fact]
    public async Task A_new_attempt_is_told_as_a_gap()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = Begin(gateway);
        session.Write("Out", Json("1"));
        await using var client = await SocketClient.OpenAsync(gateway, session);
        await client.ListenToAsync(1, "Out");
        await client.NextAsync();

        session.BeginAttempt();
        session.Write("Out", Json("2"));

        Assert.Equal("""{"type":"gap","channel":1,"epoch":2,"former":1}""", (await client.NextAsync()).Control.GetRawText());
        Assert.Equal("2:0", (await client.NextAsync()).Cursor);
    }

    [Fact]
    public async Task Large_items_come_in_pieces_and_the_largest_by_reference()
    {
        await using var blobs = new MemoryBlobs();
        await using var gateway = await StubGateway.StartAsync(blobs: blobs);
        var session = Begin(gateway);
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        var held = Payload.Inline(ChannelType.File, "a/b", content);
        session.Write(
            "Out",
            held,
            Payload.ByReference(ChannelType.File, "a/b", blobs.Add("s", content), content.Length),
            Payload.ByReference(ChannelType.File, "a/b", blobs.Add("s", []), 17_000_000),
            Payload.ByReference(ChannelType.File, "a/b", blobs.Add("s", content, broken: true), content.Length + 1));
        await using var client = await SocketClient.OpenAsync(gateway, session);
        await client.ListenToAsync(1, "Out");

        foreach (var cursor in (string[])["1:0", "1:1"])
        {
            List<byte> got = [];
            for (var more = true; more;)
            {
                var frame = await client.NextAsync();
                Assert.Equal((cursor, got.Count == 0 ? """{"mediaType":"a/b","length":3000000}""" : ""), (frame.Cursor, frame.Metadata));
                got.AddRange(frame.Content);
                more = frame.Flags == 1;
            }

            Assert.True(got.SequenceEqual(content));
        }

        var reference = await client.NextAsync();
        Assert.Equal((2, 0), (reference.Flags, reference.Content.Length));
        Assert.Equal($$"""{"mediaType":"a/b","length":17000000,"href":"/api/v1/process-workflow/{{gateway.Grains.IdOf(session)}}/results/Out/2"}""", reference.Metadata);
        var last = await client.NextAsync();
        while (last.Type is "item")
        {
            Assert.Equal(("1:3", 1), (last.Cursor, last.Flags));
            last = await client.NextAsync();
        }

        Assert.Equal(("error", "content-lost", "3"), (last.Type, last.Text("code"), last.Text("sequence")));
    }

    [Fact]
    public async Task Who_wants_no_more_says_so_and_may_open_it_again_behind_what_it_has()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = Begin(gateway);
        session.Write("Out", Json("1"), Json("2"));
        await using var client = await SocketClient.OpenAsync(gateway, session);
        await client.ListenToAsync(1, "Out", items: 1);
        var first = await client.NextAsync();

        await client.SayAsync("""{"type":"end","channel":1}""");
        Assert.Equal("end", (await client.NextAsync()).Type);
        await client.ListenToAsync(1, "Out", after: first.Cursor);

        Assert.Equal("1:1", (await client.NextAsync()).Cursor);
    }

    private static FakeSession Begin(StubGateway gateway)
    {
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin("Out");
        return session;
    }

    private static Payload Json(string text) => Payload.Json(System.Text.Encoding.UTF8.GetBytes(text));
}
