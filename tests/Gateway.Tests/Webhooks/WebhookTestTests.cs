using System.Net;
using System.Text;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Tests.Webhooks;

/// <summary>Receivers that are called with a test.</summary>
public sealed class WebhookTestTests
{
    private const string Path = "webhooks/test";

    [Fact]
    public async Task A_silo_is_told_whom_to_call_and_what_came_back_is_answered()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.WebhookTest.Report = gateway.Grains.WebhookTest.Report with { IsSigned = true };

        var answer = await gateway.Http.SubmitAsync(
            Path, """{"callbackUrl": "https://example.org/a?b=c", "callbackHeader": {"Authorization": "Bearer x"}, "secret": "crm", "statusTypes": ["finish"], "more": 1}""");

        Assert.Equal((HttpStatusCode.OK, """{"delivered":true,"statusCode":204,"answer":"","durationMs":12,"signed":true}"""), (answer.StatusCode, answer.Data.GetRawText()));
        var called = gateway.Grains.WebhookTest.Called;
        Assert.Equal(("https://example.org/a?b=c", "Bearer x", "crm"), (called?.CallbackUrl.OriginalString, called?.CallbackHeader["authorization"], called?.Secret));
    }

    [Fact]
    public async Task A_receiver_that_does_not_take_it_is_no_error_of_the_call()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.WebhookTest.Report = new()
        {
            Attempt = new() { At = DateTimeOffset.UnixEpoch, Duration = TimeSpan.Zero, StatusCode = 500, Error = "The receiver answered 500.", Answer = "</script>\r\n\"\u0007" },
        };

        var answer = await gateway.Http.SubmitAsync(Path, """{"callbackUrl": "https://example.org"}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"delivered":false,"statusCode":500,"error":"The receiver answered 500.","answer":"</script>\r\n\"\u0007","durationMs":0,"signed":false}""", answer.Data.GetRawText());
    }

    [Theory]
    [InlineData("null", "", "malformed")]
    [InlineData("[]", "", "malformed")]
    [InlineData("{}", "/callbackUrl", "required")]
    [InlineData("""{"callbackUrl": null}""", "/callbackUrl", "required")]
    [InlineData("""{"callbackUrl": 1}""", "/callbackUrl", "malformed")]
    [InlineData("""{"callbackUrl": "https://a/", "callbackUrl": "https://b/"}""", "/callbackUrl", "duplicate-name")]
    [InlineData("""{"callbackUrl": "/hook"}""", "/callbackUrl", "malformed")]
    [InlineData("""{"callbackUrl": "ftp://example.org"}""", "/callbackUrl", "malformed")]
    [InlineData("""{"callbackUrl": "https://user:secret@example.org"}""", "/callbackUrl", "malformed")]
    [InlineData("""{"callbackUrl": "https://example.org:22"}""", "/callbackUrl", "not-allowed")]
    [InlineData("""{"callbackUrl": "https://example.org", "callbackHeader": {"Host": "a"}}""", "/callbackHeader/Host", "not-allowed")]
    [InlineData("""{"callbackUrl": "https://example.org", "callbackHeader": {"a/b": "\u0001"}}""", "/callbackHeader/a~1b", "malformed")]
    [InlineData("""{"callbackUrl": "https://example.org", "callbackHeader": {"a": 1}}""", "/callbackHeader/a", "malformed")]
    [InlineData("""{"callbackUrl": "https://example.org", "secret": 1}""", "/secret", "malformed")]
    public async Task What_is_wrong_is_told_and_nobody_is_called(string body, string pointer, string code)
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync(Path, body);

        answer.HasFaults((pointer, code));
        Assert.DoesNotContain("user:secret", answer.Text, StringComparison.Ordinal);
        Assert.Null(gateway.Grains.WebhookTest.Called);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        await using var gateway = await StubGateway.StartAsync();

        (await gateway.Http.SubmitAsync(Path, """{"callbackUrl": "https://example.org:22/#a", "callbackHeader": {"webhook-id": "a", "b": 1}, "secret": []}"""))
            .HasFaults(("/callbackUrl", "not-allowed"), ("/callbackUrl", "malformed"), ("/callbackHeader/webhook-id", "not-allowed"), ("/callbackHeader/b", "malformed"), ("/secret", "malformed"));
    }

    [Fact]
    public async Task What_the_silo_finds_is_told()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.WebhookTest.Report = new() { Faults = [new() { Pointer = "/secret", Code = FaultCodes.UnknownSecret, Message = "none" }] };

        (await gateway.Http.SubmitAsync(Path, """{"callbackUrl": "https://example.org", "secret": "none"}""")).HasFaults(("/secret", "unknown-secret"));
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_refused()
    {
        await using var gateway = await StubGateway.StartAsync(limits: limits => limits.BodyBytes = 1_024);
        const string Body = """{"callbackUrl": "https://example.org"}""";

        var broken = await gateway.Http.SubmitAsync(Path, Body[..^1]);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.True(broken.Data.GetProperty("errors")[0].TryGetProperty("line", out _));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await gateway.Http.SubmitAsync(Path, Body + new string(' ', 1_024))).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await gateway.Http.SubmitAsync(Path, new StringContent(Body, Encoding.UTF8, "text/plain"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await gateway.Http.SubmitAsync(Path, new StringContent(Body, Encoding.Unicode, "application/json"))).StatusCode);
        Assert.Null(gateway.Grains.WebhookTest.Called);
    }

    [Fact]
    public async Task A_cluster_that_is_away_is_told_of()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Trouble = _ => throw new TimeoutException("no silo answers");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.Http.SubmitAsync(Path, """{"callbackUrl": "https://example.org"}""")).StatusCode);
    }
}
