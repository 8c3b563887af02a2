using System.Net;
using BlueEdge.Channels;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Sessions;

/// <summary>What the caller should know besides is in every answer about the session.</summary>
public sealed class WarningTests
{
    private const string Webhooks = """[{"statusTypes": ["finish"], "callbackUrl": "https://example.org"}]""";

    [Theory]
    [InlineData("process-single-engine", """{"engineId": "hello", "inputs": {"Control": {"type": "JSON"}}, "webhooks": WEBHOOKS}""")]
    [InlineData("process-workflow", """{"dataChannels": [{"name": "a", "type": "JSON"}], "engines": [{"id": "hello", "inputs": [{"name": "Control", "linkTo": "a"}]}], "webhooks": WEBHOOKS}""")]
    public async Task What_there_is_to_say_of_a_session_is_in_every_answer(string route, string body)
    {
        await using var gateway = await StubGateway.StartAsync();

        var submitted = await gateway.Http.SubmitAsync(route, body.Replace("WEBHOOKS", Webhooks, StringComparison.Ordinal));
        var read = await gateway.Http.ReadAsync($"{route}/{submitted.SessionId}");
        var stopped = await gateway.Http.SubmitAsync($"{route}/{submitted.SessionId}/stop", "");

        foreach (var answer in new[] { submitted, read, stopped })
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var warning = Assert.Single(answer.Data.GetProperty("warnings").EnumerateArray());
            Assert.Equal("webhook-refused", warning.GetProperty("code").GetString());
            Assert.False(warning.TryGetProperty("node", out _));
        }
    }

    [Fact]
    public async Task Where_there_is_nothing_to_say_the_member_is_left_out()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync(
            "process-single-engine", """{"engineId": "hello", "inputs": {"Control": {"type": "JSON"}}, "webhooks": []}""");

        Assert.False(answer.Data.TryGetProperty("warnings", out _));
    }

    [Fact]
    public async Task A_channel_called_warnings_is_in_the_results_only()
    {
        await using var gateway = await StubGateway.StartAsync();
        var submitted = await gateway.Http.SubmitAsync(
            "process-workflow",
            """{"dataChannels": [{"name": "a", "type": "JSON"}, {"name": "warnings", "type": "JSON", "interested": true}], "engines": [{"id": "hello", "inputs": [{"name": "Control", "linkTo": "a"}], "outputs": [{"name": "Result", "linkTo": "warnings"}]}]}""");
        gateway.Grains.Session(submitted.SessionId).Move(BlueEdge.Sessions.SessionStatus.Processing);
        gateway.Grains.Session(submitted.SessionId).Write("warnings", Payload.Json("1"u8.ToArray()));

        var read = await gateway.Http.ReadAsync($"process-workflow/{submitted.SessionId}");

        Assert.Equal("""{"warnings":[1]}""", read.Data.GetProperty("results").GetRawText());
        Assert.False(read.Data.TryGetProperty("warnings", out _));
    }
}
