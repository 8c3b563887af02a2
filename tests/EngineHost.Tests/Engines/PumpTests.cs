using System.Collections.Concurrent;
using System.Text.Json;
using BlueEdge.Sessions;
using BlueEdge.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.EngineHost.Tests.Engines;

public sealed class PumpTests
{
    [Fact]
    public async Task An_engine_starts_processes_and_stops_in_that_order()
    {
        var calls = new ConcurrentQueue<string>();
        await using var engine = await StartAsync(new()
        {
            Constructor = () => calls.Enqueue("constructor"),
            Start = async (_, _) =>
            {
                await Task.Yield();
                calls.Enqueue("start");
            },
            Process = async (_, input, _) =>
            {
                await Task.Yield();
                calls.Enqueue($"{input.Port} {input.Json(input.Port)}");
            },
            Stop = (_, _) =>
            {
                calls.Enqueue("stop");
                return ValueTask.CompletedTask;
            },
        });

        await engine.SendAsync("A", 1);
        await engine.SendAsync("B", 2);
        await engine.SendAsync("A", 3);
        var end = await engine.FinishAsync();

        Assert.Equal(new(SubSessionStatus.Finished, null, 3, 1), end);
        Assert.Equal(["constructor", "start", "A 1", "B 2", "A 3", "stop"], calls);
    }

    [Fact]
    public async Task Calls_come_one_at_a_time()
    {
        var (running, most) = (0, 0);
        await using var engine = await StartAsync(new() { Start = (_, _) => OneAsync(), Process = (_, _, _) => OneAsync(), Stop = (_, _) => OneAsync() });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => engine.SendAsync(number % 2 == 0 ? "A" : "B", number).AsTask()));
        await engine.FinishAsync();

        Assert.Equal(1, most);

        async ValueTask OneAsync()
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
        }
    }

    [Fact]
    public async Task Nothing_runs_on_the_callers_thread()
    {
        var release = new ManualResetEventSlim();

        // Were any of these on the caller's thread, the test would stand here.
        await using var engine = await StartAsync(new()
        {
            Constructor = () => release.Wait(CancellationToken.None),
            Start = (_, cancellationToken) =>
            {
                release.Wait(cancellationToken);
                return ValueTask.CompletedTask;
            },
        });
        await engine.SendAsync("A", 1);
        release.Set();

        Assert.Equal(SubSessionStatus.Finished, (await engine.FinishAsync()).Status);
    }

    [Fact]
    public async Task A_constructor_that_throws_fails_the_session()
    {
        await using var engine = await StartAsync(new() { Constructor = () => throw new InvalidOperationException("no model") });

        var end = await engine.WaitForEndAsync();

        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Equal("it could not be activated: no model", end.Error);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("process")]
    [InlineData("stop")]
    public async Task An_exception_fails_the_session_after_stop_was_called(string from)
    {
        var stopped = 0;
        await using var engine = await StartAsync(new()
        {
            Start = (_, _) => from == "start" ? throw new IOException("broken") : ValueTask.CompletedTask,
            Process = (_, _, _) => from == "process" ? throw new IOException("broken") : ValueTask.CompletedTask,
            Stop = (_, _) =>
            {
                stopped++;
                return from == "stop" ? throw new IOException("broken") : ValueTask.CompletedTask;
            },
        });

        await engine.SendAsync("A", 1);
        var end = await engine.FinishAsync();

        Assert.Equal((SubSessionStatus.Failed, "IOException: broken"), (end.Status, end.Error));
        Assert.Equal(1, stopped);
        var status = Assert.Single(await engine.ReadAllAsync("Status")).Json();
        Assert.Equal(("error", "broken", "node"), (Text(status, "type"), Text(status, "message"), Text(status, "node")));
    }

    [Fact]
    public async Task The_first_of_two_exceptions_is_the_reason()
    {
        await using var engine = await StartAsync(new()
        {
            Process = (_, _, _) => throw new BlueEdgeException("first"),
            Stop = (_, _) => throw new BlueEdgeException("second"),
        });

        await engine.SendAsync("A", 1);

        Assert.Equal("first", (await engine.WaitForEndAsync()).Error);
    }

    [Fact]
    public async Task A_cancellation_of_the_engines_own_is_a_failure()
    {
        await using var engine = await StartAsync(new() { Process = (_, _, _) => throw new TaskCanceledException("too slow") });

        await engine.SendAsync("A", 1);

        Assert.Equal(SubSessionStatus.Failed, (await engine.WaitForEndAsync()).Status);
    }

    [Fact]
    public async Task An_engine_finishes_by_itself_once_all_inputs_have_ended()
    {
        await using var engine = await StartAsync(new());
        await engine.WaitUntilReadyAsync();

        engine.EndInput("A");
        engine.EndInput("B");
        engine.EndInput("Raw");
        Assert.Equal(SubSessionStatus.Ready, engine.Status);
        engine.EndInput("Bytes");
        var end = await engine.WaitForEndAsync();

        Assert.Equal(SubSessionStatus.Finished, end.Status);
        var status = Assert.Single(await engine.ReadAllAsync("Status")).Json();
        Assert.Equal(("finish", "node"), (Text(status, "type"), Text(status, "node")));
    }

    [Fact]
    public async Task An_engine_finishes_by_hand_before_its_inputs_have_ended()
    {
        var processed = 0;
        await using var engine = await StartAsync(new()
        {
            Process = async (self, _, cancellationToken) =>
            {
                processed++;
                await self.Output("Status").WriteAsync(new { type = "finish" }, cancellationToken);
                await self.Output("Out").WriteAsync("last words", cancellationToken);
            },
        });

        await engine.SendAsync("A", 1);
        await engine.SendAsync("A", 2);
        var end = await engine.WaitForEndAsync();

        Assert.Equal((SubSessionStatus.Finished, 1), (end.Status, processed));
        Assert.Equal(["last words"], await engine.ReadAllAsync<string>("Out"));
        Assert.Single(await engine.ReadAllAsync("Status"));
    }

    [Fact]
    public async Task An_engine_that_opted_out_finishes_only_by_hand()
    {
        var mayFinish = new TaskCompletionSource();
        var allProcessed = new TaskCompletionSource();
        await using var engine = await StartAsync(
            new()
            {
                Process = (self, input, cancellationToken) =>
                {
                    allProcessed.SetResult();
                    _ = FinishLaterAsync(self, cancellationToken);
                    return ValueTask.CompletedTask;
                },
            },
            setup => setup.Definition.FinishesByHand());

        await engine.SendAsync("A", 1);
        engine.EndInputs();
        await allProcessed.Task.OrFail("the item");
        Assert.Equal(SubSessionStatus.Ready, engine.Status);
        mayFinish.SetResult();

        Assert.Equal(SubSessionStatus.Finished, (await engine.WaitForEndAsync()).Status);

        async Task FinishLaterAsync(ScriptedEngine self, CancellationToken cancellationToken)
        {
            await mayFinish.Task;
            await self.Output("Status").WriteAsync(new { type = "finish" }, cancellationToken);
        }
    }

    [Fact]
    public async Task An_engine_that_opted_out_can_be_stopped()
    {
        await using var engine = await StartAsync(new(), setup => setup.Definition.FinishesByHand());
        engine.EndInputs();
        await engine.WaitUntilReadyAsync();

        engine.Stop("enough");

        var end = await engine.WaitForEndAsync();
        Assert.Equal((SubSessionStatus.Canceled, "enough"), (end.Status, end.Error));
    }

    [Fact]
    public async Task An_engine_says_error_by_hand()
    {
        await using var engine = await StartAsync(new()
        {
            Process = async (self, _, cancellationToken) =>
            {
                await self.Output("Status").WriteAsync(new { type = "error", message = "the page is blank" }, cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
            },
        });

        await engine.SendAsync("A", 1);
        var end = await engine.WaitForEndAsync();

        Assert.Equal((SubSessionStatus.Failed, "the page is blank"), (end.Status, end.Error));
        Assert.Equal("error", Text(Assert.Single(await engine.ReadAllAsync("Status")).Json(), "type"));
    }

    [Theory]
    [InlineData("""{"type": "page", "page": 3}""")]
    [InlineData("""{"type": 7}""")]
    [InlineData("""["finish"]""")]
    [InlineData("null")]
    public async Task Other_words_on_status_are_the_engines_own(string word)
    {
        using var json = JsonDocument.Parse(word);
        var value = json.RootElement.Clone();
        await using var engine = await StartAsync(new() { Process = (self, _, cancellationToken) => self.Output("Status").WriteAsync(value, cancellationToken) });

        await engine.SendAsync("A", 1);
        await engine.SendAsync("A", 2);

        Assert.Equal((SubSessionStatus.Finished, 2L), (await engine.FinishAsync()) is var end ? (end.Status, end.ItemsRead) : default);
        Assert.Equal(3, (await engine.ReadAllAsync("Status")).Count);
    }

    [Fact]
    public async Task Status_is_heeded_where_no_channel_takes_it()
    {
        await using var engine = await StartAsync(
            new() { Process = (self, _, cancellationToken) => self.Output("Status").WriteAsync(new { type = "error" }, cancellationToken) },
            setup => setup.LinkOutputs("Out"));

        await engine.SendAsync("A", 1);

        Assert.Equal(SubSessionStatus.Failed, (await engine.WaitForEndAsync()).Status);
    }

    [Fact]
    public async Task An_engine_without_inputs_works_in_its_start()
    {
        await using var engine = await StartAsync(
            new()
            {
                Start = async (self, cancellationToken) =>
                {
                    await self.Output("Out").WriteAsync(1, cancellationToken);
                    await self.Output("Out").WriteAsync(2, cancellationToken);
                },
            },
            setup => setup.LinkInputs());

        Assert.Equal([1, 2], await engine.ReadAllAsync<int>("Out"));
        Assert.Equal(SubSessionStatus.Finished, (await engine.WaitForEndAsync()).Status);
    }

    [Fact]
    public async Task What_a_good_stop_writes_is_still_sent()
    {
        await using var engine = await StartAsync(new() { Stop = (self, cancellationToken) => self.Output("Out").WriteAsync("sum", cancellationToken) });

        await engine.FinishAsync();

        Assert.Equal(["sum"], await engine.ReadAllAsync<string>("Out"));
    }

    [Fact]
    public async Task What_is_written_after_the_end_is_refused()
    {
        var kept = new TaskCompletionSource<ScriptedEngine>();
        await using var engine = await StartAsync(new()
        {
            Stop = (self, _) =>
            {
                kept.SetResult(self);
                return ValueTask.CompletedTask;
            },
        });
        await engine.FinishAsync();

        var late = (await kept.Task).Output("Out").WriteAsync("late", CancellationToken.None);

        await Assert.ThrowsAsync<BlueEdgeException>(late.AsTask);
        Assert.Empty(await engine.ReadAllAsync("Out"));
    }

    [Fact]
    public async Task The_session_is_not_there_in_the_constructor()
    {
        var early = new ScriptedEngine(new());

        var error = Assert.Throws<InvalidOperationException>(() => early.Session);

        Assert.Contains("StartAsync", error.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    private static Task<EngineTestHarness> StartAsync(Script script, Action<EngineTestSetup>? configure = null) =>
        EngineTestHarness.StartAsync<ScriptedEngine>(setup =>
        {
            setup.Services.AddSingleton(script);
            configure?.Invoke(setup);
        });

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
