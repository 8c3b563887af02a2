using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BlueEdge.Channels;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Http;

/// <summary>What clients do that know HTTP well.</summary>
public sealed class StrictClientTests
{
    private const string Hello = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":1}}}""";

    private static readonly string Id = SessionIds.Create();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("engines")]
    [InlineData("sessions")]
    [InlineData("process-workflow/ID")]
    [InlineData("process-workflow/ID/results/Out/0")]
    [InlineData("sessions/ID/dead-letters")]
    [InlineData("../../openapi/v1.json")]
    public async Task HEAD_is_answered_like_GET_without_a_body(string path)
    {
        await using var gateway = await StubGateway.StartAsync();
        Finished(gateway, "Out").Write("Out", Payload.Json("1"u8.ToArray()));
        var address = new Uri(path.Replace("ID", Id, StringComparison.Ordinal), UriKind.Relative);

        using var head = new HttpRequestMessage(HttpMethod.Head, address);
        var answer = await gateway.Http.SendAsync(head, Ct);
        var whole = await gateway.Http.GetAsync(address, Ct);

        Assert.Equal((HttpStatusCode.OK, whole.Content.Headers.ContentType), (answer.StatusCode, answer.Content.Headers.ContentType));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task OPTIONS_says_what_an_address_takes()
    {
        await using var gateway = await StubGateway.StartAsync();

        using var one = await gateway.Http.SendAsync(new(HttpMethod.Options, new Uri("process-workflow", UriKind.Relative)), Ct);
        using var other = await gateway.Http.SendAsync(new(HttpMethod.Options, new Uri("engines", UriKind.Relative)), Ct);

        Assert.Equal((HttpStatusCode.NoContent, "POST"), (one.StatusCode, string.Join(' ', one.Content.Headers.Allow)));
        Assert.Equal((HttpStatusCode.NoContent, "GET HEAD"), (other.StatusCode, string.Join(' ', other.Content.Headers.Allow)));
    }

    [Theory]
    [InlineData("application/json", null, true)]
    [InlineData("APPLICATION/JSON; Charset=\"UTF-8\"", "Identity", true)]
    [InlineData("application/json; charset=us-ascii", "", true)]
    [InlineData("application/json; charset=utf-16", null, false)]
    [InlineData("application/json", "GZIP", false)]
    [InlineData("application/json", "identity, Br", false)]
    public async Task Encodings_are_told_apart_in_any_case(string type, string? coding, bool isTaken)
    {
        await using var gateway = await StubGateway.StartAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Hello)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        if (coding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        }

        var answer = await gateway.Http.SubmitAsync("process-single-engine", content);

        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Any_case_of_an_address_and_a_slash_behind_it_name_the_same()
    {
        await using var gateway = await StubGateway.StartAsync();
        Finished(gateway, "a/b").Write("a/b", Payload.Json("1"u8.ToArray()));

        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.ReadAsync("ENGINES/")).StatusCode);
        Assert.Equal("1", await gateway.Http.GetStringAsync(new Uri($"Process-Workflow/{Id}/RESULTS/a%2Fb/0/?x=/y", UriKind.Relative), Ct));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("%2F")]
    [InlineData("../b")]
    [InlineData("...")]
    [InlineData("a b?c#d&e=f+g")]
    [InlineData("é😀\\\"")]
    [InlineData("results")]
    public async Task A_channel_of_any_name_has_an_address_and_can_be_asked_for(string channel)
    {
        await using var gateway = await StubGateway.StartAsync(configure: options => options.InlineItemBytes = 0);
        Finished(gateway, channel).Write(channel, Payload.Inline(ChannelType.File, "text/plain", "it"u8.ToArray()));

        var answer = await gateway.Http.ReadAsync($"process-workflow/{Id}?channel={Uri.EscapeDataString(channel)}");
        var href = answer.Data.GetProperty("results").GetProperty(channel)[0].GetProperty("href").GetString();

        Assert.Equal("it", await gateway.Http.GetStringAsync(new Uri(gateway.Http.BaseAddress!, href), Ct));
    }

    [Theory, InlineData("."), InlineData("..")]
    public async Task A_channel_whose_name_no_client_asks_for_is_refused(string channel)
    {
        await using var gateway = await StubGateway.StartAsync();

        var workflow = await gateway.Http.SubmitAsync(
            "process-workflow", $$"""{"dataChannels":[{"name":"{{channel}}","type":"JSON"}],"engines":[{"id":"hello","inputs":[{"name":"Control","linkTo":"{{channel}}"}]}]}""");

        workflow.HasFaults(("/dataChannels/0/name", "malformed"));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("NO REQUEST\r\n\r\n", 400)]
    [InlineData("GET /api/v1/engines HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /api/v1/engines HTTP/9.9\r\nHost: a\r\n\r\n", 505)]
    [InlineData("GET /api/v1/%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("POST /api/v1/process-workflow HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n", 400)]
    [InlineData("POST /api/v1/process-workflow HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400)]
    [InlineData("GET /api/v1/LONG HTTP/1.1\r\nHost: a\r\n\r\n", 414)]
    [InlineData("GET /api/v1/engines HTTP/1.1\r\nHost: a\r\nX: LONG\r\n\r\n", 431)]
    public async Task What_the_server_refuses_by_itself_comes_in_the_envelope_too(string request, int status)
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await RawAnswer.OfAsync(gateway.Http.BaseAddress!, request.Replace("LONG", new string('x', 40_000), StringComparison.Ordinal));

        Assert.Equal(status, answer.Status);
        answer.IsEnvelope();
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("7FFFFFFF1\r\n")]
    [InlineData("x\r\n")]
    [InlineData("-1\r\n")]
    public async Task A_chunk_of_no_size_is_400(string chunk)
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await RawAnswer.OfAsync(
            gateway.Http.BaseAddress!,
            $"POST /api/v1/process-workflow HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: Chunked\r\nConnection: close\r\n\r\n{chunk}");

        Assert.Equal(400, answer.Status);
        Assert.Contains("\"status\":\"error\"", answer.Body, StringComparison.Ordinal);
    }

    private static FakeSession Finished(StubGateway gateway, string channel)
    {
        var session = gateway.Grains.Session(Id);
        session.Begin(channel);
        session.Move(SessionStatus.Finished);
        return session;
    }
}
