using System.Net;
using System.Text;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Sessions;

/// <summary>How bodies are taken, whatever they are.</summary>
[Collection(Alone.Name)]
public sealed class RequestTests
{
    private const string Hello = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":PAYLOAD}}}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_nobody_knows_are_passed_over_and_null_is_as_good_as_nothing()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync(
            "process-single-engine",
            """
            {
              "version": {"a": [1, {"engineId": "nobody"}]}, "engineId": "hello", "rank": null, "waitTimeSecond": null, "retry": null, "webhooks": null,
              "resultChannels": null, "outputs": null, "inputs": {"Control": {"type": "json", "interested": null, "colour": "red", "payload": {}}}
            }
            """);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, gateway.Grains.Scheduler.Asked);
    }

    [Fact]
    public async Task A_session_may_say_how_long_it_takes_in_both_forms()
    {
        await using var gateway = await StubGateway.StartAsync();
        const string Workflow = """{"dataChannels":[{"name":"a","type":"JSON"}],"engines":[{"id":"hello","inputs":[{"name":"Control","linkTo":"a"}]}],"maxDurationSeconds":MAX}""";
        const string Single = """{"engineId":"hello","inputs":{"Control":{"type":"JSON"}},"maxDurationSeconds":MAX}""";

        foreach (var (path, body) in new[] { ("process-workflow", Workflow), ("process-single-engine", Single) })
        {
            var answer = await gateway.Http.SubmitAsync(path, body.Replace("MAX", "90.5", StringComparison.Ordinal));
            Assert.Equal(TimeSpan.FromSeconds(90.5), gateway.Grains.Session(answer.SessionId).Spec!.MaxDuration);
            var none = await gateway.Http.SubmitAsync(path, body.Replace("MAX", "null", StringComparison.Ordinal));
            Assert.Null(gateway.Grains.Session(none.SessionId).Spec!.MaxDuration);
            (await gateway.Http.SubmitAsync(path, body.Replace("MAX", "0", StringComparison.Ordinal))).HasFaults(("/maxDurationSeconds", "out-of-range"));
            (await gateway.Http.SubmitAsync(path, body.Replace("MAX", "1e9", StringComparison.Ordinal))).HasFaults(("/maxDurationSeconds", "out-of-range"));
        }
    }

    [Fact]
    public async Task A_node_without_a_name_is_called_like_its_engine()
    {
        await using var gateway = await StubGateway.StartAsync();
        const string Node = """{"id":"hello","inputs":[{"name":"Control","linkTo":"a"}]}""";

        var one = await gateway.Http.SubmitAsync("process-workflow", $$"""{"dataChannels":[{"name":"a","type":"JSON"}],"engines":[{{Node}}]}""");
        var two = await gateway.Http.SubmitAsync("process-workflow", $$"""{"dataChannels":[{"name":"a","type":"JSON"}],"engines":[{{Node}},{{Node}}]}""");

        Assert.Equal("hello", gateway.Grains.Session(one.SessionId).Spec!.Nodes[0].Name);
        two.HasFaults(("/engines/1/name", "duplicate-name"));
    }

    [Fact]
    public async Task Members_may_be_written_with_escapes()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync(
            "process-single-engine", """{"\u0065ngineId":"hello","\ud800":1,"inputs":{"Contro\u006c":{"typ\u0065":"JSON","\udc00":2}}}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_member_given_twice_is_a_fault()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync("process-single-engine", """{"engineId":"hello","engineId":"hello","inputs":{"Control":{"type":"JSON","type":"JSON"}}}""");

        answer.HasFaults(("/engineId", "duplicate-name"), ("/inputs/Control/type", "duplicate-name"));
    }

    [Theory]
    [InlineData("{\n  \"engineId\": \"hello\",\n  oops\n}", 3, 3)]
    [InlineData("", 1, 1)]
    [InlineData("{} {}", 1, 4)]
    [InlineData("{\"a\": 1,}", 1, 9)]
    public async Task Malformed_json_is_told_with_line_and_position(string body, int line, int position)
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync("process-workflow", body);

        answer.HasFaults(("", "malformed"));
        var error = answer.Data.GetProperty("errors")[0];
        Assert.Equal((line, position), (error.GetProperty("line").GetInt32(), error.GetProperty("position").GetInt32()));
        Assert.Contains($"line {line}, position {position}", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_no_utf8_is_malformed_where_it_stops_being_it()
    {
        await using var gateway = await StubGateway.StartAsync();
        byte[] body = [.. "{\n \"a\": \"é"u8, 0xFF, .. "\"}"u8];

        var answer = await gateway.Http.SubmitAsync("process-workflow", HttpClientExtensions.Json(body));

        Assert.Contains("line 2, position 10", answer.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("null"), InlineData("[]"), InlineData("5"), InlineData("\"text\""), InlineData("true")]
    public async Task A_body_that_is_no_object_is_a_fault_of_the_whole(string body)
    {
        await using var gateway = await StubGateway.StartAsync();

        foreach (var route in (string[])["process-workflow", "process-single-engine"])
        {
            Assert.Contains(("", "malformed"), (await gateway.Http.SubmitAsync(route, body)).Faults);
        }
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/vnd.client+json", 200)]
    [InlineData("text/json", 415)]
    [InlineData(null, 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("nonsense", 415)]
    public async Task Only_json_is_taken(string? mediaType, int status)
    {
        await using var gateway = await StubGateway.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Hello.Replace("PAYLOAD", "1", StringComparison.Ordinal)));
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);

        Assert.Equal(status, (int)(await gateway.Http.SubmitAsync("process-single-engine", content)).StatusCode);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_body_over_the_limit_is_refused_with_and_without_a_length(bool chunked)
    {
        await using var gateway = await StubGateway.StartAsync();
        var body = Encoding.UTF8.GetBytes(Hello.Replace("PAYLOAD", $"\"{new string('x', 30_000_001)}\"", StringComparison.Ordinal));

        var answer = await gateway.Http.SubmitAsync("process-single-engine", chunked ? new ChunkedContent(body) : HttpClientExtensions.Json(body));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_chunked_body_is_read_whole()
    {
        await using var gateway = await StubGateway.StartAsync();
        var payload = $"\"{new string('x', 1_000_000)}\"";

        var answer = await gateway.Http.SubmitAsync(
            "process-single-engine", new ChunkedContent(Encoding.UTF8.GetBytes(Hello.Replace("PAYLOAD", payload, StringComparison.Ordinal))));

        Assert.Equal(payload, Encoding.UTF8.GetString(gateway.Grains.Session(answer.SessionId).Spec!.StartData[0].Payload.Bytes.Span));
    }

    [Fact]
    public async Task A_payload_over_its_limit_is_a_fault()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync(
            "process-single-engine", Hello.Replace("PAYLOAD", $"\"{new string('x', 16 * 1024 * 1024)}\"", StringComparison.Ordinal));

        answer.HasFaults(("/inputs/Control/payload", "too-large"));
    }

    [Theory]
    [InlineData("""{"a":""", "[")]
    [InlineData("""{"engines":[""", "{},")]
    [InlineData("""{"engines":[{"id":"hello","inputs":[""", "{},")]
    [InlineData("""{"dataChannels":[""", "7,")]
    [InlineData("""{"startData":[""", "{},")]
    [InlineData("""{"webhooks":[{"statusTypes":[""", "1,")]
    public async Task Thirty_megabytes_of_one_thing_do_no_harm(string start, string repeated)
    {
        await using var gateway = await StubGateway.StartAsync();
        var count = 29_000_000 / repeated.Length;
        var body = new StringBuilder(start, 30_000_000).Insert(start.Length, repeated, count).ToString();
        body = repeated is "[" ? body : body[..^1] + "]" + (start.Contains('[', StringComparison.Ordinal) && start.Count(c => c == '{') == 2 ? "}]}" : "}");

        var before = GC.GetTotalAllocatedBytes();
        var answer = await gateway.Http.SubmitAsync("process-workflow", HttpClientExtensions.Json(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.InRange(answer.Text.Length, 0, 6_000_000);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 500_000_000);
    }

    private sealed class ChunkedContent : HttpContent
    {
        private readonly byte[] _bytes;

        public ChunkedContent(byte[] bytes)
        {
            _bytes = bytes;
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) => await stream.WriteAsync(_bytes, Ct);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
