using BlueEdge.Tool.Tests.Processes;
using BlueEdge.Tool.Tests.Sessions;
using Microsoft.AspNetCore.Http;

namespace BlueEdge.Tool.Tests.CommandLine;

/// <summary>Servers that are away, slow, or come back.</summary>
public sealed class AvailabilityTests(EmbeddedProcess server)
{
    private static readonly string Nobody = $"http://127.0.0.1:{EmbeddedProcess.FreePort()}";

    [Theory]
    [InlineData("ls")]
    [InlineData("get 00000000000000000000000000000000")]
    [InlineData("watch 00000000000000000000000000000000")]
    [InlineData("stop 00000000000000000000000000000000")]
    [InlineData("results 00000000000000000000000000000000")]
    [InlineData("engines")]
    public async Task A_server_that_is_not_there_is_told_at_once(string arguments)
    {
        var run = (await ToolProcess.RunAsync([.. arguments.Split(' '), "--server", Nobody])).Ended(5);

        Assert.Empty(run.Out);
        Assert.Contains("cannot be reached", run.Error, StringComparison.Ordinal);
        Assert.Contains("blueedge dev", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_to_nobody_is_told_at_once() => (await ToolProcess.RunAsync(["run", server.File(Bodies.Hello), "--server", Nobody])).Ended(5);

    [Fact]
    public async Task What_is_unavailable_for_now_is_asked_again()
    {
        var count = 0;
        await using var stub = await StubServer.StartAsync(http =>
        {
            http.Response.Headers.RetryAfter = "1";
            return Interlocked.Increment(ref count) < 3
                ? StubServer.WriteAsync(http, 503, "{}", "Not now.")
                : StubServer.WriteAsync(http, 200, """{"engines":[]}""");
        });

        (await ToolProcess.RunAsync(["engines", "--server", stub.Address])).Ended(0);

        Assert.Equal(3, stub.Asked.Count);
    }

    [Fact]
    public async Task A_submission_whose_answer_breaks_off_is_sent_again_under_its_key()
    {
        List<string> keys = [];
        await using var stub = await StubServer.StartAsync(http =>
        {
            keys.Add(http.Request.Headers["Idempotency-Key"].ToString());
            if (keys.Count > 1)
            {
                return StubServer.WriteAsync(http, 200, """{"sessionId":"s"}""");
            }

            http.Abort();
            return Task.CompletedTask;
        });

        var run = (await ToolProcess.RunAsync(["run", server.File(Bodies.Hello), "--server", stub.Address])).Ended(0);

        Assert.Equal("s", run.Out.Trim());
        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct(StringComparer.Ordinal));
        Assert.NotEmpty(keys[0]);
    }

    [Fact]
    public async Task What_stays_unavailable_is_told_within_the_time()
    {
        await using var stub = await StubServer.StartAsync(http =>
        {
            http.Response.Headers.RetryAfter = "1";
            return StubServer.WriteAsync(http, 503, "{}", "Not now.");
        });

        var run = (await ToolProcess.RunAsync(["engines", "--server", stub.Address, "--timeout", "4s"])).Ended(5);

        Assert.Contains("Not now.", run.Error, StringComparison.Ordinal);
        Assert.InRange(stub.Asked.Count, 2, 4);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_ends_with_the_time()
    {
        await using var stub = await StubServer.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));

        var run = (await ToolProcess.RunAsync(["engines", "--server", stub.Address, "--timeout", "2"])).Ended(124);

        Assert.Contains("The 2 seconds of --timeout are over", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_BlueEdge_is_told()
    {
        await using var stub = await StubServer.StartAsync(http => TypedResults.Text("<html>", "text/html").ExecuteAsync(http));

        var run = (await ToolProcess.RunAsync(["engines", "--server", stub.Address])).Ended(5);

        Assert.Contains("not as BlueEdge does", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_goes_while_it_is_waited_for_may_come_back()
    {
        var count = 0;
        await using var stub = await StubServer.StartAsync(http =>
        {
            switch (Interlocked.Increment(ref count))
            {
                case 1: return StubServer.WriteAsync(http, 200, """{"sessionId":"s","process":{"status":"processing"}}""");
                case 2 or 3: http.Abort(); return Task.CompletedTask;
                default: return StubServer.WriteAsync(http, 200, """{"sessionId":"s","process":{"status":"finished"}}""");
            }
        });

        (await ToolProcess.RunAsync(["watch", "s", "--server", stub.Address])).Ended(0);

        Assert.Equal(4, stub.Asked.Count);
    }
}
