using System.Net;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Sessions;

/// <summary>Nodes of sessions, read and stopped by their addresses.</summary>
public sealed class SubSessionTests(SiloHost host)
{
    private static readonly string Id = SessionIds.Create();

    [Fact]
    public async Task A_node_is_read_and_stopped_and_its_session_finishes_without_it()
    {
        var id = (await host.Http.SubmitAsync("process-workflow", Workflow("""
            {"id":"delay","name":"slow","inputs":[{"name":"Control","linkTo":"Seconds"}]},
            {"id":"relay","name":"quick","inputs":[{"name":"In","linkTo":"Seconds"}],"outputs":[{"name":"Out","linkTo":"Final"}]}
            """, "continue"))).SessionId;

        var read = await host.Http.ReadAsync($"sessions/{id}/nodes/slow");
        Assert.Equal((HttpStatusCode.OK, id, 1), (read.StatusCode, read.SessionId, read.Data.GetProperty("attempt").GetInt32()));
        Assert.Equal(("slow", "delay"), (read.Data.GetProperty("node").GetProperty("name").GetString(), read.Data.GetProperty("node").GetProperty("id").GetString()));
        Assert.Contains(read.Data.GetProperty("sessionStatus").GetString(), SessionStatusNames.All);
        var stopped = await host.Http.SubmitAsync($"sessions/{id}/nodes/slow/stop", "");
        Assert.True(stopped.Data.GetProperty("node").GetProperty("stop_requested").GetBoolean());
        var ended = await host.Http.ReadAsync($"process-workflow/{id}?waitTimeSecond=30");

        Assert.Equal("finished", ended.Status);
        Assert.Equal(1, ended.Data.GetProperty("results").GetProperty("Final").GetArrayLength());
        var after = (await host.Http.ReadAsync($"sessions/{id}/nodes/slow")).Data;
        Assert.Equal(("finished", "canceled"), (after.GetProperty("sessionStatus").GetString(), after.GetProperty("node").GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_session_that_says_nothing_fails_with_its_node()
    {
        var id = (await host.Http.SubmitAsync("process-single-engine", """{"engineId":"delay","inputs":{"Control":{"type":"JSON","payload":{"seconds":60}}}}""")).SessionId;

        await host.Http.SubmitAsync($"sessions/{id}/nodes/delay/stop", "");

        var ended = await host.Http.ReadAsync($"process-single-engine/{id}?waitTimeSecond=30");
        Assert.Equal("failed", ended.Status);
        Assert.Contains("node 'delay'", ended.Data.GetProperty("process").GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("%2F", "%252F")]
    [InlineData("stop", "stop")]
    [InlineData("nodes/x/stop", "nodes%2Fx%2Fstop")]
    [InlineData("ä b?c#d+e", "%C3%A4%20b%3Fc%23d+e")]
    [InlineData("a/../b", "a%2F..%2Fb")]
    [InlineData("x/", "x%2F")]
    public async Task A_name_may_be_anything(string name, string escaped)
    {
        await using var gateway = await StubGateway.StartAsync();
        var body = $$"""{"id":"relay","name":"{{name}}","inputs":[{"name":"In","linkTo":"Seconds"}],"outputs":[{"name":"Out","linkTo":"Final"}]}""";
        var id = (await gateway.Http.SubmitAsync("process-workflow", Workflow(body, "continue"))).SessionId;

        var read = await gateway.Http.ReadAsync($"sessions/{id}/nodes/{escaped}");
        var stopped = await gateway.Http.SubmitAsync($"sessions/{id}/nodes/{escaped}/stop?any=thing", "");

        Assert.Equal(name, read.Data.GetProperty("node").GetProperty("name").GetString());
        Assert.False(read.Data.GetProperty("node").TryGetProperty("stop_requested", out _));
        Assert.Equal((name, true), (stopped.Data.GetProperty("node").GetProperty("name").GetString(), stopped.Data.GetProperty("node").GetProperty("stop_requested").GetBoolean()));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task A_name_that_no_client_can_send_is_a_fault(string name)
    {
        await using var gateway = await StubGateway.StartAsync();
        var body = $$"""{"id":"relay","name":"{{name}}","inputs":[{"name":"In","linkTo":"Seconds"}],"outputs":[{"name":"Out","linkTo":"Final"}]}""";

        (await gateway.Http.SubmitAsync("process-workflow", Workflow(body, "fail"))).HasFaults(("/engines/0/name", "malformed"));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Session(Id).Begin("Out");

        foreach (var path in new[] { $"sessions/{Id}/nodes/none", $"sessions/{SessionIds.Create()}/nodes/none", "sessions/none/nodes/none", $"sessions/{Id}/nodes/" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.ReadAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.SubmitAsync($"{path}/stop", "")).StatusCode);
        }
    }

    [Fact]
    public async Task A_cluster_that_is_away_is_told_of()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Trouble = _ => throw new TimeoutException("no silo answers");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.Http.ReadAsync($"sessions/{Id}/nodes/one")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.Http.SubmitAsync($"sessions/{Id}/nodes/one/stop", "")).StatusCode);
    }

    [Theory]
    [InlineData("process-workflow", """{"engines":[],"onNodeStopped":VALUE}""")]
    [InlineData("process-single-engine", """{"engineId":"hello","inputs":{"Control":{"type":"JSON"}},"onNodeStopped":VALUE}""")]
    public async Task What_a_session_does_then_is_fail_or_continue(string route, string body)
    {
        await using var gateway = await StubGateway.StartAsync();

        foreach (var wrong in new[] { "\"Continue\"", "\"\"", "1", "{}" })
        {
            var answer = await gateway.Http.SubmitAsync(route, body.Replace("VALUE", wrong, StringComparison.Ordinal));
            Assert.Contains(("/onNodeStopped", "malformed"), answer.Faults);
        }
    }

    [Theory]
    [InlineData("null", NodeStopPolicy.Fail)]
    [InlineData("\"fail\"", NodeStopPolicy.Fail)]
    [InlineData("\"continue\"", NodeStopPolicy.Continue)]
    public async Task What_a_session_does_then_is_passed_on(string value, NodeStopPolicy expected)
    {
        await using var gateway = await StubGateway.StartAsync();
        var body = """{"engineId":"hello","inputs":{"Control":{"type":"JSON"}},"onNodeStopped":VALUE}""";

        await gateway.Http.SubmitAsync("process-single-engine", body.Replace("VALUE", value, StringComparison.Ordinal));

        Assert.Equal(expected, gateway.Grains.Session(gateway.Grains.Only()).Spec?.OnNodeStopped);
    }

    private static string Workflow(string engines, string onNodeStopped) => $$"""
        {
          "dataChannels": [{"name":"Seconds","type":"JSON"}, {"name":"Final","type":"JSON","interested":true}],
          "engines": [{{engines}}],
          "startData": [{"channelName":"Seconds","payload":{"seconds":60} }],
          "onNodeStopped": "{{onNodeStopped}}"
        }
        """;
}
