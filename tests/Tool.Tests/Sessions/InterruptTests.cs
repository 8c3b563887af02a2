using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.Sessions;

/// <summary>Ctrl-C.</summary>
public sealed class InterruptTests(EmbeddedProcess server)
{
    [Fact]
    public async Task The_session_goes_on_and_its_id_is_said()
    {
        using var tool = server.Start("run", server.File(Bodies.Delay(30)), "--wait");
        await tool.SaysAsync("processing");

        await tool.InterruptAsync();

        var run = (await tool.EndAsync()).Ended(130);
        Assert.Empty(run.Out);
        Assert.Equal("processing", await server.StatusAsync(run.SessionThatGoesOn));
        (await server.RunAsync("stop", run.SessionThatGoesOn)).Ended(0);
    }

    [Fact]
    public async Task The_session_is_stopped_where_that_is_asked_for()
    {
        var id = await server.SubmitAsync(Bodies.Delay(60));
        using var tool = server.Start("watch", id, "--stop-on-interrupt");
        await tool.SaysAsync("processing");

        await tool.InterruptAsync();

        var run = (await tool.EndAsync()).Ended(130);
        Assert.Contains($"Session {id} is canceled", run.Error, StringComparison.Ordinal);
        Assert.Equal("canceled", await server.StatusAsync(id));
    }

    [Fact]
    public async Task A_submission_that_is_under_way_is_waited_for()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stub = await StubServer.StartAsync(async http =>
        {
            asked.TrySetResult();
            await interrupted.Task;
            await StubServer.WriteAsync(http, 200, """{"sessionId":"0123456789abcdef0123456789abcdef","process":{"status":"pending"}}""");
        });
        using var tool = ToolProcess.Start(["run", server.File(Bodies.Hello), "--wait", "--server", stub.Address]);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken);

        await tool.InterruptAsync();
        interrupted.SetResult();

        var run = (await tool.EndAsync()).Ended(130);
        Assert.Equal("0123456789abcdef0123456789abcdef", run.SessionThatGoesOn);
    }
}
