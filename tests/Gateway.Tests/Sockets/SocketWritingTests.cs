using System.Text;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Gateway.Sockets;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Gateway.Tests.Sockets;

/// <summary>Writing by a socket, in front of a channel that answers as it is told to.</summary>
public sealed class SocketWritingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Items_go_to_the_channel_as_those_of_POST_do_and_are_acknowledged()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var client = await OpenAsync(gateway);

        var opened = await client.WriteToAsync(1, "In", "till-7");
        await client.SendAsync(1, 4, """{"a":1}""", """{"key":"k","tags":["t"],"attributes":{"page":3}}""");
        var ack = await client.NextAsync();

        Assert.Equal("""{"type":"opened","channel":1,"itemType":"JSON","nextSequence":1,"items":256,"bytes":262144}""", opened.Control.GetRawText());
        Assert.Equal("""{"type":"ack","channel":1,"nextSequence":1}""", ack.Control.GetRawText());
        var write = Input(gateway).Written[^1];
        Assert.Equal(("till-7", 4L, false), (write.Writer, write.FirstSequence, write.Ends));
        var item = Assert.Single(write.Items);
        Assert.Equal(("""{"a":1}""", "k", """{"page":3}"""), (Text(item), item.Envelope?.Key, Encoding.UTF8.GetString(item.Envelope!.Attributes.Span)));
    }

    [Fact]
    public async Task An_item_in_several_frames_is_one_item()
    {
        await using var gateway = await StubGateway.StartAsync();
        Input(gateway).Type = ChannelType.Image;
        await using var client = await OpenAsync(gateway);
        await client.WriteToAsync(1, "In");
        var content = new byte[2_500_000];
        new Random(1).NextBytes(content);

        await client.SendAsync(SocketClient.Frame(1, 0, content[..1_000_000], """{"mediaType":"image/x-own"}""", flags: 1));
        await client.SendAsync(SocketClient.Frame(1, 0, content[1_000_000..2_000_000], flags: 1));
        await client.SendAsync(SocketClient.Frame(1, 0, content[2_000_000..]));
        await client.NextAsync("ack");

        var item = Assert.Single(Input(gateway).Written[^1].Items);
        Assert.Equal(("image/x-own", 2_500_000), (item.MediaType, item.Length));
        Assert.True(item.Bytes.Span.SequenceEqual(content));
    }

    [Fact]
    public async Task An_upload_is_named_by_the_metadata()
    {
        await using var gateway = await StubGateway.StartAsync();
        Input(gateway).Type = ChannelType.File;
        await using var client = await OpenAsync(gateway);
        await client.WriteToAsync(1, "In");
        var id = BlobId.Of(new() { SessionId = BlobId.OwnerAt(DateTimeOffset.UnixEpoch), Name = SessionIds.Create() }, "application/pdf");

        await client.SendAsync(SocketClient.Frame(1, 0, [], $$"""{"blob":"{{id}}"}""", flags: 2));
        await client.NextAsync("ack");

        var item = Assert.Single(Input(gateway).Written[^1].Items);
        Assert.Equal((id.Upload, "application/pdf"), (item.Blob, item.MediaType));
    }

    [Fact]
    public async Task Credit_comes_back_as_items_are_stored()
    {
        await using var gateway = await StubGateway.StartAsync(services: services => services.Configure<SocketOptions>(options => options.WindowItems = 2));
        await using var client = await OpenAsync(gateway);
        await client.WriteToAsync(1, "In");

        await client.SendAsync(1, 0, "1");
        await client.SendAsync(1, 1, "22");
        List<Heard> heard = [await client.NextAsync("credit")];
        while (heard.Sum(each => each.Control.GetProperty("items").GetInt32()) < 2)
        {
            heard.Add(await client.NextAsync("credit"));
        }

        Assert.Equal(3, heard.Sum(each => each.Control.GetProperty("bytes").GetInt32()));
    }

    [Fact]
    public async Task What_is_sent_without_credit_ends_the_socket()
    {
        TaskCompletionSource stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await StubGateway.StartAsync(services: services => services.Configure<SocketOptions>(options => options.WindowItems = 1));
        await using var client = await OpenAsync(gateway);
        await client.WriteToAsync(1, "In");
        gateway.Grains.Trouble = call => call is nameof(IChannelInputGrain.WriteAsync) ? stored.Task : Task.CompletedTask;

        await client.SendAsync(1, 0, "1");
        await client.SendAsync(1, 1, "2");
        var close = await client.NextAsync("close");
        stored.SetResult();

        Assert.Equal((4400, "There is no credit for item 1 of channel 1."), (close.CloseCode, close.Reason));
    }

    [Fact]
    public async Task Where_there_is_no_room_the_same_is_written_again()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var client = await OpenAsync(gateway);
        await client.WriteToAsync(1, "In");
        var (input, taken, tries) = (Input(gateway), Input(gateway).Reply, 0);
        input.Reply = taken with { Outcome = InputOutcome.NoRoom };
        gateway.Grains.Trouble = _ =>
        {
            input.Reply = ++tries > 2 ? taken : input.Reply;
            return Task.CompletedTask;
        };

        await client.SendAsync(1, 0, "1");
        await client.NextAsync("ack");

        Assert.Equal(3, input.Written.Count(write => write.Items.Length == 1));
    }

    [Fact]
    public async Task An_item_that_comes_while_the_channel_hears_of_its_writer_is_written_and_those_after_it_are_waited_for()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var client = await OpenImpatientAsync(gateway);
        await client.WriteToAsync(1, "In");
        TaskCompletionSource said = new(TaskCreationOptions.RunContinuationsAsynchronously), heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Grains.Trouble = call => Written(call, said, heard.Task);
        await said.Task.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        // Who is told of this is told that the item was read, which came before.
        await client.SendAsync(1, 0, "1");
        await client.SayAsync("""{"type":"open","channel":2,"name":"None","direction":"no"}""");
        await client.NextAsync("error");
        gateway.Grains.Trouble = null;
        heard.SetResult();
        await client.NextAsync("ack");

        TaskCompletionSource again = new(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Grains.Trouble = call => Written(call, again, Task.CompletedTask);
        var next = client.NextAsync();
        Assert.Same(again.Task, await Task.WhenAny(again.Task, next).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken));
        await client.SendAsync(1, 1, "2");
        Assert.Equal("ack", (await next).Type);

        static Task Written(string call, TaskCompletionSource told, Task until) => call is nameof(IChannelInputGrain.WriteAsync) && told.TrySetResult() ? until : Task.CompletedTask;
    }

    [Fact]
    public async Task Who_does_not_send_the_rest_of_an_item_for_long_is_closed_as_slow()
    {
        await using var gateway = await StubGateway.StartAsync(services: services => services.Configure<SocketOptions>(options => options.Patience = TimeSpan.FromSeconds(1)));
        await using var client = await OpenImpatientAsync(gateway);
        await client.WriteToAsync(1, "In");

        await client.SendAsync(SocketClient.Frame(1, 0, [1, 2, 3], flags: 1));

        var close = await client.NextAsync("close");
        Assert.Equal((4408, "The rest of an item of channel 1 did not come."), (close.CloseCode, close.Reason));
    }

    [Theory]
    [InlineData(InputOutcome.Gap, "missing-items")]
    [InlineData(InputOutcome.Ended, "channel-ended")]
    [InlineData(InputOutcome.SessionOver, "session-over")]
    [InlineData(InputOutcome.Refused, "not-allowed")]
    [InlineData(InputOutcome.Unknown, "unknown-channel")]
    public async Task What_became_of_an_item_that_was_not_taken_is_told_with_its_number(InputOutcome outcome, string code)
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var client = await OpenAsync(gateway);
        await client.WriteToAsync(1, "In");
        Input(gateway).Reply = new() { Outcome = outcome, NextSequence = 5, Reason = "because" };

        await client.SendAsync(1, 9, "1");
        var error = await client.NextAsync("error");
        await client.SendAsync(1, 10, "passed over, for the client did not know yet");
        Input(gateway).Reply = new() { Outcome = InputOutcome.Taken, NextSequence = 5 };

        Assert.Equal((code, "9"), (error.Text("code"), error.Text("sequence")));
        Assert.Equal(outcome is InputOutcome.Gap or InputOutcome.Ended ? "5" : "", error.Text("nextSequence"));
        Assert.Equal("opened", (await client.WriteToAsync(1, "In")).Type);
    }

    [Theory]
    [InlineData("no json", "", 0, "", "malformed")]
    [InlineData("1", """{"key":""}""", 0, "/key", "required")]
    [InlineData("1", """{"key":7}""", 0, "/key", "malformed")]
    [InlineData("1", """{"key":"a","key":"b"}""", 0, "/key", "duplicate-name")]
    [InlineData("1", """{"mediaType":"image/png"}""", 0, "/mediaType", "type-mismatch")]
    [InlineData("1", "[]", 0, "", "malformed")]
    [InlineData("", """{"blob":"blob-x"}""", 2, "/blob", "type-mismatch")]
    public async Task An_item_that_is_none_is_told_with_the_pointer_and_those_before_it_are_taken(string content, string metadata, int flags, string pointer, string code)
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var client = await OpenAsync(gateway);
        await client.WriteToAsync(1, "In");

        await client.SendAsync(1, 0, "0");
        await client.SendAsync(SocketClient.Frame(1, 1, Encoding.UTF8.GetBytes(content), metadata, (byte)flags));

        Assert.Equal("ack", (await client.NextAsync()).Type);
        var error = await client.NextAsync("error");
        Assert.Equal((pointer, code, "1", "1"), (error.Text("pointer"), error.Text("code"), error.Text("sequence"), error.Text("channel")));
    }

    [Fact]
    public async Task An_item_over_the_limit_is_told_whatever_it_comes_in()
    {
        await using var gateway = await StubGateway.StartAsync(limits: limits => limits.InlinePayloadBytes = 1_024);
        Input(gateway).Type = ChannelType.File;
        await using var client = await OpenAsync(gateway);

        (int Channel, int[] Frames)[] items = [(1, [1_025]), (2, [1_000, 25]), (3, [600_000, 600_000])];
        foreach (var (channel, frames) in items)
        {
            await client.WriteToAsync(channel, "In");
            foreach (var (place, length) in frames.Index())
            {
                await client.SendAsync(SocketClient.Frame(channel, 0, new byte[length], flags: (byte)(place < frames.Length - 1 ? 1 : 0)));
            }

            Assert.Equal("too-large", (await client.NextAsync("error")).Text("code"));
        }

        Assert.DoesNotContain(Input(gateway).Written, write => !write.Items.IsEmpty);
    }

    [Fact]
    public async Task A_channel_ends_behind_all_that_was_sent()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var client = await OpenAsync(gateway);
        await client.WriteToAsync(1, "In");

        await client.SendAsync(1, 0, "1");
        await client.SayAsync("""{"type":"end","channel":1}""");

        Assert.Equal("1", (await client.NextAsync("end")).Text("nextSequence"));
        Assert.Equal([0, 1, 0], Input(gateway).Written.Select(write => write.Items.Length));
        Assert.Equal([false, false, true], Input(gateway).Written.Select(write => write.Ends));
    }

    private static async Task<SocketClient> OpenAsync(StubGateway gateway)
    {
        var session = gateway.Grains.Session(Id);
        session.Begin("Out");
        return await SocketClient.OpenAsync(gateway, session);
    }

    /// <summary>Of a session whose channel wants to hear of its writers often.</summary>
    private static async Task<SocketClient> OpenImpatientAsync(StubGateway gateway)
    {
        var session = gateway.Grains.Session(Id);
        session.Begin(new SessionSpec
        {
            Channels = [new() { Name = "In", Type = ChannelType.Json, External = ExternalDirection.In, WriterTimeout = TimeSpan.FromSeconds(1) }],
            Nodes = [],
        });
        return await SocketClient.OpenAsync(gateway, session);
    }

    private const string Id = "0123456789abcdef0123456789abcdef";

    private static FakeInput Input(StubGateway gateway) => gateway.Grains.Inputs.GetOrAdd($"{Id}/In", _ => new(gateway.Grains));

    private static string Text(Payload item) => Encoding.UTF8.GetString(item.Bytes.Span);
}
