using BlueEdge.Channels;
using BlueEdge.Sessions;
using BlueEdge.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.EngineHost.Tests.Engines;

public sealed class StopTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Stop_is_heard_in_the_middle_of_blocking_work()
    {
        var working = NewSignal();
        await using var engine = await StartAsync(new()
        {
            Process = (_, _, cancellationToken) =>
            {
                working.SetResult();
                while (true)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
            },
        });
        await engine.SendAsync("A", 1);
        await working.Task.OrFail("the engine at work");

        engine.Stop("the user has no patience");

        var end = await engine.WaitForEndAsync();
        Assert.Equal((SubSessionStatus.Canceled, "the user has no patience"), (end.Status, end.Error));
    }

    [Theory]
    [InlineData("start")]
    [InlineData("process")]
    [InlineData("stop")]
    public async Task Stop_is_heard_wherever_the_engine_waits(string where)
    {
        var waiting = NewSignal();
        await using var engine = await StartAsync(new()
        {
            Start = (_, cancellationToken) => WaitAsync("start", cancellationToken),
            Process = (_, _, cancellationToken) => WaitAsync("process", cancellationToken),
            Stop = (_, cancellationToken) => WaitAsync("stop", cancellationToken),
        });
        await engine.SendAsync("A", 1);
        engine.EndInputs();
        await waiting.Task.OrFail($"the engine waiting in {where}");

        engine.Stop();

        Assert.Equal(SubSessionStatus.Canceled, (await engine.WaitForEndAsync()).Status);

        async ValueTask WaitAsync(string here, CancellationToken cancellationToken)
        {
            if (here == where)
            {
                waiting.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
        }
    }

    [Fact]
    public async Task Stop_is_heard_between_items_and_drops_those_that_wait()
    {
        var (processed, stopped) = (0, false);
        await using var engine = await StartAsync(new()
        {
            Process = async (self, _, cancellationToken) =>
            {
                processed++;
                await self.Output("Out").WriteAsync(processed, cancellationToken);
            },
            Stop = (_, cancellationToken) =>
            {
                stopped = cancellationToken.IsCancellationRequested;
                return ValueTask.CompletedTask;
            },
        });
        await engine.SendAsync("A", 1);
        await engine.ReadAsync("Out");

        engine.Stop();
        await engine.SendAsync("A", 2);

        Assert.Equal(SubSessionStatus.Canceled, (await engine.WaitForEndAsync()).Status);
        Assert.Equal(1, processed);
        Assert.True(stopped);
    }

    [Fact]
    public async Task What_ignores_a_stop_is_cut_off_after_the_grace_period()
    {
        var release = NewSignal();
        var working = new TaskCompletionSource<ScriptedEngine>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = await StartAsync(new()
        {
            Process = async (self, _, _) =>
            {
                await File.WriteAllTextAsync(Path.Combine(self.Session.TemporaryFolder, "scratch"), "x", CancellationToken.None);
                working.SetResult(self);
                await release.Task;
            },
        });
        await engine.SendAsync("A", 1);
        var self = await working.Task.OrFail("the engine at work");
        Assert.True(Directory.Exists(engine.TemporaryFolder));

        engine.Stop("too slow");
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(SubSessionStatus.Ready, engine.Status);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var end = await engine.WaitForEndAsync();

        Assert.Equal((SubSessionStatus.Canceled, "too slow"), (end.Status, end.Error));
        Assert.False(Directory.Exists(engine.TemporaryFolder));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await self.Output("Out").WriteAsync(1, CancellationToken.None));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await self.Output("Out").WriteAsync(Payload.Json("1"u8.ToArray()), CancellationToken.None));
        Assert.Empty(await engine.ReadAllAsync("Out"));
        release.SetResult();
    }

    [Fact]
    public async Task A_write_is_refused_as_soon_as_the_run_is_stopped()
    {
        var (working, release) = (NewSignal(), NewSignal());
        Task? write = null;
        await using var engine = await StartAsync(new()
        {
            Process = async (self, _, _) =>
            {
                working.SetResult();
                await release.Task;
                await (write = self.Output("Out").WriteAsync(1, CancellationToken.None).AsTask());
            },
        });
        await engine.SendAsync("A", 1);
        await working.Task.OrFail("the engine at work");

        engine.Stop();
        release.SetResult();
        await engine.WaitForEndAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => write!); // Set before the end.
    }

    [Fact]
    public async Task An_engine_that_says_error_and_goes_on_is_cut_off_too()
    {
        var (said, release) = (NewSignal(), NewSignal());
        await using var engine = await StartAsync(new()
        {
            Process = async (self, _, cancellationToken) =>
            {
                await self.Output("Status").WriteAsync(new { type = "error", message = "bad input" }, cancellationToken);
                said.SetResult();
                await release.Task;
            },
        });
        await engine.SendAsync("A", 1);
        await said.Task.OrFail("the error");

        engine.Stop("somebody else's reason");
        _clock.Advance(TimeSpan.FromSeconds(30));
        var end = await engine.WaitForEndAsync();

        Assert.Equal((SubSessionStatus.Failed, "bad input"), (end.Status, end.Error));
        release.SetResult();
    }

    [Fact]
    public async Task Stopping_again_keeps_the_first_reason()
    {
        await using var engine = await StartAsync(new() { Process = (_, _, cancellationToken) => new(Task.Delay(-1, cancellationToken)) });
        await engine.SendAsync("A", 1);

        engine.Stop("first");
        engine.Stop("second");

        Assert.Equal("first", (await engine.WaitForEndAsync()).Error);
    }

    [Fact]
    public async Task Stopping_after_the_end_changes_nothing()
    {
        await using var engine = await StartAsync(new());
        var end = await engine.FinishAsync();

        engine.Stop();

        Assert.Equal(end, await engine.WaitForEndAsync());
        Assert.Equal(SubSessionStatus.Finished, end.Status);
    }

    [Fact]
    public async Task The_temporary_folder_is_made_when_asked_for_and_gone_after_the_end()
    {
        await using var engine = await StartAsync(new()
        {
            Process = async (self, _, cancellationToken) =>
            {
                var nested = Directory.CreateDirectory(Path.Combine(self.Session.TemporaryFolder, "nested"));
                await File.WriteAllTextAsync(Path.Combine(nested.FullName, "file"), "x", cancellationToken);
                await self.Output("Out").WriteAsync(Directory.Exists(self.Session.TemporaryFolder), cancellationToken);
            },
        });
        await engine.WaitUntilReadyAsync();
        Assert.False(Directory.Exists(engine.TemporaryFolder));

        await engine.SendAsync("A", 1);
        Assert.True(await engine.ReadAsync<bool>("Out"));
        await engine.FinishAsync();

        Assert.False(Directory.Exists(engine.TemporaryFolder));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<EngineTestHarness> StartAsync(Script script) => EngineTestHarness.StartAsync<ScriptedEngine>(setup =>
    {
        setup.Services.AddSingleton(script);
        setup.Clock = _clock;
    });
}
