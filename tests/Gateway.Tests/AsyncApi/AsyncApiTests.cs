using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Gateway.Tests.Sockets;
using BlueEdge.Gateway.Tests.Streams;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Tests.AsyncApi;

/// <summary>The AsyncAPI document: what it says is what comes and what is taken.</summary>
public sealed class AsyncApiTests(SiloHost host)
{
    private const string Live =
        """
        {
          "dataChannels": [{"name": "Words", "type": "JSON", "external": "in"}, {"name": "Final", "type": "JSON", "external": "out", "interested": true}],
          "engines": [{"id": "relay", "name": "one", "inputs": [{"name": "In", "linkTo": "Words"}], "outputs": [{"name": "Out", "linkTo": "Final"}]}],
          "events": true
        }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_whole_and_its_references_lead_somewhere()
    {
        var document = await ReadAsync(host.Http);

        Assert.Equal("3.0.0", document.GetProperty("asyncapi").GetString());
        var server = document.GetProperty("servers").GetProperty("gateway");
        Assert.Equal(host.Http.BaseAddress?.AbsoluteUri, $"{server.GetProperty("protocol").GetString()}://{server.GetProperty("host").GetString()}{server.GetProperty("pathname").GetString()}/");
        Assert.Equal(7, document.GetProperty("channels").EnumerateObject().Count());
        Assert.Equal(7, document.GetProperty("operations").EnumerateObject().Count());
        Assert.All(ReferencesIn(document), pointer => Follow(document, pointer));
    }

    [Fact]
    public async Task Every_example_is_as_its_schema_says_and_every_message_but_an_empty_one_has_some()
    {
        foreach (var (channel, message) in Messages(await ReadAsync(host.Http)).Where(each => each.Message.Value.TryGetProperty("payload", out _)))
        {
            var examples = message.Value.GetProperty("examples").EnumerateArray().ToList();
            Assert.NotEmpty(examples);
            Assert.All(examples, example => Assert.Empty(SchemaCheck.Faults(message.Value.GetProperty("payload"), example.GetProperty("payload"), $"{channel}/{message.Name}")));
            Assert.All(examples, example => Assert.Equal(message.Value.TryGetProperty("headers", out _), example.TryGetProperty("headers", out _)));
        }
    }

    [Fact]
    public async Task What_is_to_be_written_is_taken_as_it_is_and_what_is_streamed_looks_as_it_is_said_to()
    {
        var document = await ReadAsync(host.Http);
        await using var all = await Listener.OpenAsync(host.Http, "events");
        List<StreamEvent> told = [.. await all.TakeAsync(1)];
        var sent = await host.Http.SubmitAsync("process-workflow", Live);
        await using var own = await Listener.OpenAsync(host.Http, $"sessions/{sent.SessionId}/events");
        List<StreamEvent> events = [];
        do
        {
            events.AddRange(await own.TakeAsync(1));
        }
        while (events[^1].Type is not "sessionStatusChanged" || events[^1].Data.GetProperty("status").GetString() is not "processing");
        await using var begun = await Listener.OpenAsync(host.Http, $"sessions/{sent.SessionId}/events?after=6");
        events.AddRange(await begun.TakeAsync(1));
        await using var items = await Listener.OpenAsync(host.Http, $"sessions/{sent.SessionId}/channels/Final/events");

        var replied = ExamplesOf(document, "writeItems", "written")[0].GetProperty("payload");
        var lines = await PlayAsync(document, "writeItems", sent.SessionId, "lines", "?writer=till-7&sequence=0");
        AssertAlike(replied, lines);
        Assert.Equal(2, lines.GetProperty("data").GetProperty("nextSequence").GetInt64());
        AssertAlike(replied, await PlayAsync(document, "writeItems", sent.SessionId, "item", "?writer=till-7&sequence=2"));
        AssertAlike(ExamplesOf(document, "endChannel", "written")[0].GetProperty("payload"), await PlayAsync(document, "endChannel", sent.SessionId, null, "?writer=till-7"));

        events.AddRange(await own.RestAsync());
        AssertPlayed(document, "sessionEvents", events, except: ["gap"]);
        AssertPlayed(document, "channelEvents", await items.RestAsync(), except: ["gap", "attempt", "item"]);
        while (told[^1].Type is not "sessionStatusChanged" || told[^1].Data.GetProperty("sessionId").GetString() != sent.SessionId || told[^1].Data.GetProperty("status").GetString() is not "finished")
        {
            told.AddRange(await all.TakeAsync(1));
        }

        AssertPlayed(document, "allSessionEvents", told, except: ["gap"]);
    }

    [Fact]
    public async Task What_is_rare_looks_as_it_is_said_to()
    {
        await using var gateway = await StubGateway.StartAsync();
        var document = await ReadAsync(gateway.Http);

        // A silo comes.
        await using var all = await Listener.OpenAsync(gateway.Http, "events");
        var told = await all.TakeAsync(1);
        gateway.Grains.News.Set(FakeSiloNewsList.First, "events/second");
        told.AddRange(await all.TakeAsync(1));
        AssertPlayed(document, "allSessionEvents", told, only: ["listening", "gap"]);

        // The attempt that the listener was in is gone; items say all that they can of themselves.
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin("Final");
        session.BeginAttempt();
        session.Write(
            "Final",
            Payload.Json("""{"number":1}"""u8.ToArray()),
            new Payload { Type = ChannelType.Image, MediaType = "image/png", Bytes = new byte[5], Length = 5, Envelope = new() { Key = "invoice-17", Tags = ["scanned"], Attributes = """{"page":3}"""u8.ToArray() } });
        session.Move(SessionStatus.Finished);
        await using var items = await Listener.OpenAsync(gateway.Http, $"sessions/{gateway.Grains.IdOf(session)}/channels/Final/events", "1:7");
        AssertPlayed(document, "channelEvents", await items.RestAsync(), only: ["gap", "attempt", "item"]);

        // The oldest events were dropped.
        var aged = gateway.Grains.Session(SessionIds.Create());
        aged.Begin(new SessionSpec { Channels = [], Nodes = [], KeepsEvents = true });
        aged.Events.Add(new() { Number = 13, At = DateTimeOffset.UnixEpoch, Kind = SessionEventKind.StatusChanged, Epoch = 1, Status = SessionStatus.Finished });
        aged.Move(SessionStatus.Finished);
        await using var events = await Listener.OpenAsync(gateway.Http, $"sessions/{gateway.Grains.IdOf(aged)}/events");
        AssertPlayed(document, "sessionEvents", await events.RestAsync(), only: ["gap"]);
    }

    [Fact]
    public async Task What_is_said_by_a_socket_is_taken_as_it_is_and_what_comes_looks_as_it_is_said_to()
    {
        var document = await ReadAsync(host.Http);
        var sent = await host.Http.SubmitAsync("process-workflow", Live);
        await using var client = await SocketClient.OpenAsync(host.Http, sent.SessionId);
        List<JsonElement> heard = [];
        var items = 0;

        await client.SayAsync("""{"type":"open","channel":3,"name":"None","direction":"out"}""");
        await HearAsync("error");
        foreach (var open in ExamplesOf(document, "socketSaid", "open"))
        {
            // Behind what is the first item.
            await client.SayAsync(open.GetProperty("payload").GetRawText().Replace("1:41", "1:0", StringComparison.Ordinal));
            await HearAsync("opened");
        }

        await client.SayAsync(ExamplesOf(document, "socketSaid", "credit")[0].GetProperty("payload").GetRawText());
        await client.SendAsync(ExamplesOf(document, "socketSaid", "item")[0].GetProperty("payload").GetBytesFromBase64());
        await HearAsync("ack");

        // Credit is given back for many at once.
        await client.SayAsync("""{"type":"credit","channel":2,"items":1000,"bytes":1000000}""");
        foreach (var number in Enumerable.Range(1, 200))
        {
            await client.SendAsync(1, number, """{"n":1}""");
        }

        await HearAsync("credit");
        await client.SayAsync(ExamplesOf(document, "socketSaid", "end")[0].GetProperty("payload").GetRawText());
        await HearAsync("close");

        AssertSaid(document, heard, except: ["gap", "goaway"]);

        async Task HearAsync(string type)
        {
            for (var next = ""; next != type;)
            {
                var one = await client.HearAsync();
                next = one.Type;
                if (next is "item")
                {
                    Assert.Equal((2, $"1:{++items}", """{"n":1}"""), (one.Channel, one.Cursor, one.ContentText));
                }
                else if (next is not "close")
                {
                    heard.Add(one.Control);
                }
            }
        }
    }

    [Fact]
    public async Task So_does_what_is_rare()
    {
        var gateway = await StubGateway.StartAsync();
        var document = await ReadAsync(gateway.Http);
        var session = gateway.Grains.Session(SessionIds.Create());
        session.Begin("Out");
        session.BeginAttempt();
        session.Write("Out", Payload.Json("1"u8.ToArray()));
        gateway.Grains.Taps.GetOrAdd(new ChannelKey(gateway.Grains.IdOf(session), "Final").ToString(), _ => new(gateway.Grains)).Has(epoch: 1, first: 5, isLast: false);
        await using var client = await SocketClient.OpenAsync(gateway, session);
        await client.ListenToAsync(1, "Out", after: "1:0");
        List<JsonElement> heard = [(await client.NextAsync()).Control];
        Assert.Equal("2:0", (await client.NextAsync()).Cursor);
        await client.ListenToAsync(2, "Final", after: "1:1");
        heard.Add((await client.NextAsync()).Control);

        var stopped = gateway.StopAsync();
        heard.Add((await client.NextAsync()).Control);
        await client.NextAsync("close");
        await stopped;
        await gateway.DisposeAsync();

        AssertSaid(document, heard, only: ["gap", "goaway"]);
    }

    private static void AssertSaid(JsonElement document, List<JsonElement> heard, string[]? only = null, string[]? except = null)
    {
        foreach (var (_, message) in Messages(document).Where(each => each.Channel is "socketHeard" && each.Message.Name is not "item" && (only?.Contains(each.Message.Name) ?? true) && !(except?.Contains(each.Message.Name) ?? false)))
        {
            foreach (var example in message.Value.GetProperty("examples").EnumerateArray().Select(each => ShapeOf(each.GetProperty("payload"))))
            {
                Assert.Contains(example, heard.Where(each => each.GetProperty("type").GetString() == message.Name).Select(ShapeOf));
            }
        }

        Assert.All(heard, each => Assert.Empty(SchemaCheck.Faults(Follow(document, $"#/channels/socketHeard/messages/{each.GetProperty("type").GetString()}/payload"), each, $"{each}")));
    }

    /// <summary>That each example of a stream's messages was heard like that: with those members, and an id where it has one.</summary>
    private static void AssertPlayed(JsonElement document, string channel, List<StreamEvent> heard, string[]? only = null, string[]? except = null)
    {
        foreach (var (_, message) in Messages(document).Where(each => each.Channel == channel && (only?.Contains(each.Message.Name) ?? true) && !(except?.Contains(each.Message.Name) ?? false)))
        {
            foreach (var example in message.Value.GetProperty("examples").EnumerateArray())
            {
                var hasId = example.TryGetProperty("headers", out _);
                Assert.Contains(heard, each => each.Type == message.Name && each.Id.Length > 0 == hasId && ShapeOf(each.Data) == ShapeOf(example.GetProperty("payload")));
            }
        }

        Assert.All(heard, each => Assert.Empty(SchemaCheck.Faults(
            Follow(document, $"#/channels/{channel}/messages/{each.Type}").GetProperty("payload"), each.Data, each.Type)));
    }

    private static void AssertAlike(JsonElement expected, JsonElement actual) => Assert.Equal(ShapeOf(expected), ShapeOf(actual));

    /// <summary>Sends a message's example to where the document says.</summary>
    private async Task<JsonElement> PlayAsync(JsonElement document, string channel, string sessionId, string? message, string query)
    {
        var address = Follow(document, $"#/channels/{channel}/address").GetString()!.Replace("{sessionId}", sessionId, StringComparison.Ordinal).Replace("{channel}", "Words", StringComparison.Ordinal); // It is a text.
        var method = Follow(document, $"#/operations/{channel}/bindings/http/method").GetString()!; // So is this.
        using var request = new HttpRequestMessage(new(method), new Uri(address[1..] + query, UriKind.Relative));
        if (message is not null)
        {
            var payload = ExamplesOf(document, channel, message)[0].GetProperty("payload");
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(payload.ValueKind is JsonValueKind.String ? payload.GetString()! : payload.GetRawText())); // A text has one.
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(Follow(document, $"#/channels/{channel}/messages/{message}/contentType").GetString()!); // So is this.
        }

        using var response = await host.Http.SendAsync(request, Ct);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Ct)).RootElement;
        Assert.Empty(SchemaCheck.Faults(Follow(document, $"#/channels/{channel}/messages/written/payload"), answer, channel));
        return answer;
    }

    private static async Task<JsonElement> ReadAsync(HttpClient http) =>
        JsonDocument.Parse(await http.GetStringAsync(new Uri("../../asyncapi/v1.json", UriKind.Relative), Ct)).RootElement;

    private static IEnumerable<(string Channel, JsonProperty Message)> Messages(JsonElement document) =>
        document.GetProperty("channels").EnumerateObject().SelectMany(channel => channel.Value.GetProperty("messages").EnumerateObject().Select(message => (channel.Name, message)));

    private static List<JsonElement> ExamplesOf(JsonElement document, string channel, string message) =>
        [.. Follow(document, $"#/channels/{channel}/messages/{message}/examples").EnumerateArray()];

    private static JsonElement Follow(JsonElement document, string pointer) =>
        pointer.Split('/').Skip(1).Aggregate(document, (at, step) => at.TryGetProperty(step, out var next) ? next : throw new InvalidOperationException($"{pointer} leads nowhere."));

    private static IEnumerable<string> ReferencesIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(each => each.NameEquals("$ref") ? [each.Value.GetString() ?? ""] : ReferencesIn(each.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(ReferencesIn),
        _ => [],
    };

    /// <summary>Its members and their kinds, whatever their values.</summary>
    private static string ShapeOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', json.EnumerateObject().Select(each => $"{each.Name}:{ShapeOf(each.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', json.EnumerateArray().Select(ShapeOf).Distinct())}]",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString(),
    };
}
