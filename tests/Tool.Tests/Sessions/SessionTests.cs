using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.Sessions;

/// <summary>get, watch and stop.</summary>
public sealed class SessionTests(EmbeddedProcess server)
{
    [Fact]
    public async Task A_session_is_shown()
    {
        var id = await server.SubmitAsync(Bodies.Hello);
        (await server.RunAsync("watch", id)).Ended(0);

        var table = (await server.RunAsync("get", id)).Ended(0);
        var json = (await server.RunAsync("get", id, "-o", "json")).Ended(0);
        var line = (await server.RunAsync("get", id, "-o", "jsonl")).Ended(0);

        Assert.Contains(id, table.Out, StringComparison.Ordinal);
        Assert.Contains("finished", table.Out, StringComparison.Ordinal);
        Assert.Equal(id, json.Json.GetProperty("sessionId").GetString());
        Assert.Equal("finished", json.Json.GetProperty("process").GetProperty("status").GetString());
        Assert.False(json.Json.TryGetProperty("results", out _));
        Assert.Equal(id, Assert.Single(line.JsonLines).GetProperty("sessionId").GetString());
    }

    [Fact]
    public async Task A_session_that_failed_is_read_without_failing()
    {
        var id = await server.SubmitAsync(Bodies.Fail);
        (await server.RunAsync("watch", id)).Ended(1);

        var get = (await server.RunAsync("get", id)).Ended(0);

        Assert.Contains("no luck", get.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_step_is_a_line_of_JSON()
    {
        var id = await server.SubmitAsync(Bodies.Delay(3));

        var run = (await server.RunAsync("watch", id, "-o", "jsonl")).Ended(0);

        var statuses = run.JsonLines.Select(line => line.GetProperty("process").GetProperty("status").GetString()).ToList();
        Assert.Equal("finished", statuses[^1]);
        Assert.Contains("processing", statuses);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task The_end_is_one_JSON()
    {
        var id = await server.SubmitAsync(Bodies.Delay(0.1));

        var run = (await server.RunAsync("watch", id, "-o", "json")).Ended(0);

        Assert.Equal("finished", run.Json.GetProperty("process").GetProperty("status").GetString());
        Assert.Contains(id, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_stopped_has_ended_when_the_command_does()
    {
        var id = await server.SubmitAsync(Bodies.Delay(60));

        var stop = (await server.RunAsync("stop", id, "-o", "json")).Ended(0);

        Assert.Equal("canceled", stop.Json.GetProperty("process").GetProperty("status").GetString());
        Assert.Equal("canceled", await server.StatusAsync(id));
        (await server.RunAsync("watch", id)).Ended(3);
        Assert.Empty((await server.RunAsync("stop", id)).Ended(0).Error);
    }

    [Theory]
    [InlineData("get")]
    [InlineData("watch")]
    [InlineData("stop")]
    [InlineData("results")]
    public async Task An_id_that_nobody_knows_is_told(string command)
    {
        var run = (await server.RunAsync(command, "00000000000000000000000000000000", "-o", "json")).Ended(4);

        Assert.Empty(run.Out);
        Assert.Contains("There is no session '00000000000000000000000000000000'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../engines")]
    [InlineData("a?b#c")]
    public async Task An_id_is_one_step_of_the_address(string id) => (await server.RunAsync("get", id)).Ended(4);
}
