using System.Text;
using BlueEdge.Channels;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Results;

/// <summary>What items say of themselves, in bodies and in answers.</summary>
public sealed class EnvelopeTests(SiloHost host)
{
    private const string Said =
        """
        "key":"k","tags":["late","ü"],"attributes":{"page": 3}
        """;

    private static readonly string Id = SessionIds.Create();

    [Fact]
    public async Task Start_data_say_it_and_an_engine_that_passes_them_on_keeps_it()
    {
        var sent = await host.Http.SubmitAsync(
            "process-workflow",
            $$$"""
            {
              "dataChannels": [{"name": "In", "type": "JSON"}, {"name": "Out", "type": "JSON", "interested": true}],
              "engines": [{"id": "relay", "inputs": [{"name": "In", "linkTo": "In"}], "outputs": [{"name": "Out", "linkTo": "Out"}]}],
              "startData": [{"channelName": "In", "payload": {"n": 1}, {{{Said}}}}, {"channelName": "In", "payload": 2, "key": null, "tags": [], "attributes": null}],
              "waitTimeSecond": 20
            }
            """);

        var plain = await host.Http.ReadAsync($"process-workflow/{sent.SessionId}");
        var full = await host.Http.ReadAsync($"process-workflow/{sent.SessionId}?envelope=true");

        Assert.Equal("finished", sent.Status);
        Assert.Equal("""[{"n": 1},2]""", plain.Data.GetProperty("results").GetProperty("Out").GetRawText());
        Assert.Equal(
            $$$"""[{"offset":0,{{{Said}}},"value":{"n": 1}},{"offset":1,"value":2}]""",
            full.Data.GetProperty("results").GetProperty("Out").GetRawText());
        Assert.Equal(full.Data.GetProperty("results").GetProperty("Out").GetRawText(), full.Data.GetProperty("Out").GetRawText());
    }

    [Fact]
    public async Task What_a_single_engine_makes_of_an_input_has_its_key()
    {
        var sent = await host.Http.SubmitAsync(
            "process-single-engine",
            $$$"""{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"},{{{Said}}}}},"outputs":{"Result":{"type":"JSON","interested":true}},"waitTimeSecond":20}""");

        var full = await host.Http.ReadAsync($"process-single-engine/{sent.SessionId}?envelope=true");

        Assert.Equal(
            """[{"offset":0,"key":"k","value":{"greeting":"Hello, Ada!"}}]""",
            full.Data.GetProperty("results").GetProperty("Result").GetRawText());
    }

    [Fact]
    public async Task Every_fault_of_what_start_data_say_is_told_with_its_place()
    {
        var many = string.Join(',', Enumerable.Range(0, 17));
        var answer = await host.Http.SubmitAsync(
            "process-workflow",
            $$$"""
            {
              "dataChannels": [{"name": "In", "type": "JSON"}],
              "engines": [{"id": "relay", "inputs": [{"name": "In", "linkTo": "In"}]}],
              "startData": [
                {"channelName": "In", "payload": 1, "key": "", "tags": ["a", "a", "", {}, "\u0007"], "attributes": [1]},
                {"channelName": "In", "payload": 1, "key": 7, "tags": "a", "attributes": {"a": "{{{new string('x', 4_100)}}}"}},
                {"channelName": "In", "payload": 1, "key": "{{{new string('k', 257)}}}", "tags": [{{{many}}}], "attributes": "{}"},
                {"channelName": "In", "payload": 1, "key": "a", "key": "b", "tags": ["\ud800"], "attributes": {"a": {{{new string('[', 70)}}}{{{new string(']', 70)}}}}}
              ]
            }
            """);

        answer.HasFaults(
            [
                ("/startData/0/attributes", "malformed"),
                ("/startData/0/key", "required"),
                ("/startData/0/tags/1", "duplicate-name"),
                ("/startData/0/tags/2", "required"),
                ("/startData/0/tags/3", "malformed"),
                ("/startData/0/tags/4", "malformed"),
                ("/startData/1/attributes", "too-large"),
                ("/startData/1/key", "malformed"),
                ("/startData/1/tags", "malformed"),
                ("/startData/2/attributes", "malformed"),
                ("/startData/2/key", "too-large"),
                ("/startData/2/tags", "too-large"),
                .. Enumerable.Range(0, 16).Select(tag => ($"/startData/2/tags/{tag}", "malformed")),
                ("/startData/3/attributes", "malformed"),
                ("/startData/3/key", "duplicate-name"),
                ("/startData/3/tags/0", "malformed"),
            ]);
    }

    [Fact]
    public async Task A_single_engines_faults_lie_in_its_input()
    {
        var answer = await host.Http.SubmitAsync(
            "process-single-engine",
            """{"engineId":"hello","inputs":{"Con~trol":{"type":"JSON"},"Control":{"type":"JSON","payload":{},"key":"","tags":["a","a"],"attributes":{}}}}""");

        answer.HasFaults(("/inputs/Con~0trol", "unknown-port"), ("/inputs/Control/key", "required"), ("/inputs/Control/tags/1", "duplicate-name"));
    }

    [Fact]
    public async Task Content_of_every_kind_is_shown_beside_it_and_a_page_tells_places()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = gateway.Grains.Session(Id);
        session.Begin("Out");
        ItemOptions key = new() { Key = "a\"\u2028b" };
        var large = $"\"{new string('x', 100_000)}\"";
        session.Write(
            "Out",
            Payload.Json("0"u8.ToArray()),
            Payload.Inline(ChannelType.Image, "image/png", new byte[] { 1, 2, 3 }).With(key),
            Payload.Inline(ChannelType.File, "x/y", new byte[300_000]),
            Payload.Json(Encoding.UTF8.GetBytes(large)).With(key),
            Payload.Json("no JSON"u8.ToArray()).With(key));
        session.Move(SessionStatus.Finished);

        var items = (await gateway.Http.ReadAsync($"process-workflow/{Id}?envelope=true&offset=1&limit=10")).Data.GetProperty("results").GetProperty("Out");
        var plain = (await gateway.Http.ReadAsync($"process-workflow/{Id}?envelope=false&offset=1&limit=10")).Data.GetProperty("results").GetProperty("Out");

        Assert.Equal([1, 2, 3, 4], items.EnumerateArray().Select(item => item.GetProperty("offset").GetInt32()));
        Assert.Equal([key.Key, null, key.Key, key.Key], items.EnumerateArray().Select(item => item.TryGetProperty("key", out var said) ? said.GetString() : null));
        Assert.Equal("AQID", items[0].GetProperty("data").GetString());
        Assert.EndsWith("/results/Out/2", items[1].GetProperty("href").GetString(), StringComparison.Ordinal);
        Assert.Equal(large, items[2].GetProperty("value").GetRawText());
        Assert.Equal(7, items[3].GetProperty("length").GetInt32());
        Assert.Equal(["mediaType", "length", "data"], plain[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(large, plain[2].GetRawText());
    }

    [Fact]
    public async Task Whether_to_show_it_is_true_or_false()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Session(Id).Begin("Out");

        (await gateway.Http.ReadAsync($"process-workflow/{Id}?envelope=1")).HasFaults(("?envelope", "out-of-range"));
    }

    [Fact]
    public async Task A_dead_letter_says_it_too()
    {
        await using var gateway = await StubGateway.StartAsync();
        var session = gateway.Grains.Session(Id);
        session.Begin("Out");
        session.DeadLetters =
        [
            new() { Node = "n", Epoch = 1, Channel = "c", Producer = "", Sequence = 0, Payload = Payload.Json("1"u8.ToArray()).With(new() { Key = "k", Tags = ["t"], Attributes = new { a = 1 } }) },
            new() { Node = "m", Epoch = 1, Channel = "c", Producer = "", Sequence = 0, Payload = Payload.Json("1"u8.ToArray()) },
        ];

        var letters = (await gateway.Http.ReadAsync($"sessions/{Id}/dead-letters")).Data.GetProperty("deadLetters");

        Assert.Equal(("k", """["t"]""", """{"a":1}"""), (letters[0].GetProperty("key").GetString(), letters[0].GetProperty("tags").GetRawText(), letters[0].GetProperty("attributes").GetRawText()));
        Assert.All(["key", "tags", "attributes"], name => Assert.False(letters[1].TryGetProperty(name, out _)));
    }
}
