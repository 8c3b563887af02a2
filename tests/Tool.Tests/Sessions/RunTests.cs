using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.Sessions;

public sealed class RunTests(EmbeddedProcess server)
{
    [Fact]
    public async Task Without_waiting_it_says_the_id_and_nothing_else()
    {
        var run = (await server.RunAsync("run", server.File(Bodies.Delay(0.1)))).Ended(0);

        Assert.Matches("^[0-9a-f]{32}\n$", run.Out);
        Assert.Empty(run.Error);
        (await server.RunAsync("watch", run.Out.Trim())).Ended(0);
    }

    [Fact]
    public async Task The_results_come_to_stdout_and_the_way_there_to_stderr()
    {
        var run = (await server.RunAsync("run", server.File(Bodies.Hello), "--wait", "-o", "json")).Ended(0);

        Assert.Equal("finished", run.Json.GetProperty("process").GetProperty("status").GetString());
        Assert.Equal("Hello, Ada!", run.Json.GetProperty("results").GetProperty("Result")[0].GetProperty("greeting").GetString());
        Assert.Contains("finished  hello finished", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_JSON_is_an_item_of_the_results()
    {
        var run = (await server.RunAsync("run", server.File(Bodies.Hello), "--wait", "-o", "jsonl")).Ended(0);

        Assert.Equal("""{"channel":"Result","index":0,"item":{"greeting":"Hello, Ada!"}}""", Assert.Single(run.Lines));
    }

    [Fact]
    public async Task For_people_the_results_are_a_table_without_colours()
    {
        var run = (await server.RunAsync("run", server.File(Bodies.Hello), "--wait")).Ended(0);

        Assert.Equal(["CHANNEL", "INDEX", "ITEM"], run.Lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("""{"greeting":"Hello, Ada!"}""", run.Lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Out + run.Error);
    }

    [Fact]
    public async Task The_wait_of_the_file_is_not_the_tools()
    {
        var body = Bodies.Delay(20);

        using var tool = server.Start("run", server.File($$"""{"waitTimeSecond":60,{{body[1..]}}"""), "--wait", "--stop-on-interrupt");
        await tool.SaysAsync("processing");
        await tool.InterruptAsync();

        (await tool.EndAsync()).Ended(130);
    }

    [Fact]
    public async Task A_session_that_fails_says_why()
    {
        var run = (await server.RunAsync("run", server.File(Bodies.Fail), "--wait")).Ended(1);

        Assert.Contains("no luck", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task A_session_that_somebody_stops_is_canceled()
    {
        using var tool = server.Start("run", server.File(Bodies.Delay(60)), "--wait", "-o", "json");
        await tool.SaysAsync("processing");
        var listed = (await server.RunAsync("ls", "--engine", "delay", "--status", "processing", "-o", "jsonl")).Ended(0);

        foreach (var session in listed.JsonLines)
        {
            await server.RunAsync("stop", session.GetProperty("sessionId").GetString()!); // Each has one.
        }

        Assert.Equal("canceled", (await tool.EndAsync()).Ended(3).Json.GetProperty("process").GetProperty("status").GetString());
    }

    [Fact]
    public async Task All_faults_are_told_and_nothing_is_run()
    {
        var run = (await server.RunAsync("run", server.File(Bodies.Wrong), "--wait")).Ended(2);

        Assert.Empty(run.Out);
        Assert.Contains("/engineId  unknown-engine", run.Error, StringComparison.Ordinal);
        Assert.Contains("/rank  malformed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_is_the_same_session()
    {
        var file = server.File(Bodies.Hello);
        var key = Guid.NewGuid().ToString();

        var first = (await server.RunAsync("run", file, "--key", key)).Ended(0);
        var second = (await server.RunAsync("run", file, "--key", key)).Ended(0);
        var other = (await server.RunAsync("run", server.File(Bodies.Delay(0)), "--key", key)).Ended(2);

        Assert.Equal(first.Out, second.Out);
        Assert.Contains("Idempotency-Key", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_that_is_over_leaves_the_session_and_says_its_id()
    {
        var run = (await server.RunAsync("run", server.File(Bodies.Delay(30)), "--wait", "--timeout", "3s")).Ended(124);

        Assert.Equal("processing", await server.StatusAsync(run.SessionThatGoesOn));
        (await server.RunAsync("stop", run.SessionThatGoesOn)).Ended(0);
    }

    [Fact]
    public async Task Warnings_are_told()
    {
        var body = $$"""{"webhooks":[{"statusTypes":["finish"],"callbackUrl":"http://127.0.0.1:9/"}],{{Bodies.Hello[1..]}}""";

        var run = (await server.RunAsync("run", server.File(body))).Ended(0);

        Assert.Contains("warning: Webhook 0 is not called", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\": ", "is no JSON, at line 1, position 7")]
    [InlineData("", "is no JSON, at line 1, position 1")]
    public async Task A_file_that_is_no_JSON_is_told_where(string content, string said)
    {
        var run = (await server.RunAsync("run", server.File(content))).Ended(2);

        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_of()
    {
        var run = (await server.RunAsync("run", "nowhere.json")).Ended(2);

        Assert.Contains("nowhere.json cannot be read", run.Error, StringComparison.Ordinal);
    }
}
