using System.Net;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Storage;

namespace BlueEdge.Gateway.Tests.Validation;

public sealed class ValidationTests(SiloHost host)
{
    private const string Single = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"}}},"outputs":{"Result":{"type":"JSON","interested":true}}}""";

    private const string Workflow =
        """
        {
          "dataChannels": [{"name": "a", "type": "JSON"}, {"name": "b", "type": "JSON", "interested": true}],
          "engines": [{"id": "relay", "inputs": [{"name": "In", "linkTo": "a"}], "outputs": [{"name": "Out", "linkTo": "b"}]}],
          "startData": [{"channelName": "a", "payload": 1}]
        }
        """;

    [Theory]
    [InlineData(Workflow, "/api/v1/process-workflow")]
    [InlineData(Single, "/api/v1/process-single-engine")]
    [InlineData("""{"engine\u0049d":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"}}}}""", "/api/v1/process-single-engine")]
    public async Task What_would_be_accepted_is_told_where(string body, string submitTo)
    {
        var answer = await host.Http.SubmitAsync("validate", body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(submitTo, answer.Data.GetProperty("submitTo").GetString());
        Assert.False(answer.Data.TryGetProperty("warnings", out _));
    }

    [Theory]
    [InlineData("process-workflow", "{}")]
    [InlineData("process-workflow", "null")]
    [InlineData("process-workflow", "[1]")]
    [InlineData("process-workflow", """{"engines": """)]
    [InlineData("process-workflow", """{"dataChannels":[{"name":5,"type":"JSON"},{"name":"a","type":"Sound"}],"engines":[{"id":"nobody"},{"id":"relay"}],"rank":1.5,"retry":{"attempts":101}}""")]
    [InlineData("process-workflow", """{"dataChannels":[{"name":"p","type":"File"}],"engines":[{"id":"relay"}],"startData":[{"channelName":"p","payload":{"blob":"blob-0007a4d3019abf00112233445566778899aabb-YXBwbGljYXRpb24vcGRm"}}]}""")]
    [InlineData("process-single-engine", """{"engineId":"relay"}""")]
    [InlineData("process-single-engine", """{"engineId":7,"inputs":{"a":{"type":"JSON"}},"resultChannels":["none"]}""")]
    [InlineData("process-single-engine", """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"blob":"blob-none"}}}}""")]
    public async Task What_would_be_refused_is_refused_in_the_same_words(string route, string body)
    {
        var submitted = await host.Http.SubmitAsync(route, body);

        var validated = await host.Http.SubmitAsync("validate", body);

        Assert.Equal(HttpStatusCode.BadRequest, validated.StatusCode);
        Assert.NotEmpty(validated.Faults);
        Assert.Equal(submitted.Message, validated.Message);
        Assert.Equal(submitted.Data.GetProperty("errors").GetRawText(), validated.Data.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task An_upload_that_is_named_has_to_be_there()
    {
        var uploaded = await host.Http.SubmitAsync("blobs", new ByteArrayContent([1, 2, 3]));
        var blob = uploaded.Data.GetProperty("blob").GetString()!; // A success has it.
        var body = Single.Replace("\"Ada\"", $"\"Ada\",\"more\":{{\"blob\":\"{blob}\"}}", StringComparison.Ordinal);

        var there = await host.Http.SubmitAsync("validate", body);
        await host.Http.DeleteAsync(new Uri($"blobs/{blob}", UriKind.Relative), TestContext.Current.CancellationToken);
        var gone = await host.Http.SubmitAsync("validate", body);

        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
        gone.HasFaults(("/inputs/Control/payload", "unknown-blob"));
    }

    [Fact]
    public async Task Warnings_come_before_the_session_does()
    {
        var answer = await host.Http.SubmitAsync("validate", $$"""{"webhooks":[{"statusTypes":["finish"],"callbackUrl":"http://127.0.0.1:9/"}],{{Single[1..]}}""");

        Assert.Equal("webhook-refused", Assert.Single(answer.Data.GetProperty("warnings").EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task No_session_is_made()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync("validate", Single, key: "some");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(gateway.Grains.Ids);
    }

    [Fact]
    public async Task A_cluster_that_is_away_is_told_of()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Trouble = _ => throw new StoreUnavailableException("Redis is away.");

        var answer = await gateway.Http.SubmitAsync("validate", Single);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Response.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_body_is_held_to_the_limits_of_a_submission()
    {
        await using var gateway = await StubGateway.StartAsync(limits: limits => limits.BodyBytes = 2_000);

        var large = await gateway.Http.SubmitAsync("validate", Single + new string(' ', 2_000));
        var other = await gateway.Http.SubmitAsync("validate", new StringContent(Single, System.Text.Encoding.Unicode, "application/json"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, other.StatusCode);
    }
}
