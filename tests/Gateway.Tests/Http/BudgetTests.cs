using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using BlueEdge.Channels;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Gateway.Tests.Http;

/// <summary>What all callers together may take of the process.</summary>
public sealed class BudgetTests
{
    private const int Large = 1_000_000;
    private const string Small = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":1}}}""";
    private static readonly string Hello = Small.Replace("1}", $"\"{new string('x', Large)}\"}}", StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_beyond_the_budget_is_refused_at_once_and_runs_nothing(bool isChunked)
    {
        await using var gateway = await StubGateway.StartAsync(configure: options => options.BodiesBytes = 3 * Large / 2);
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously), release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Grains.Trouble = call =>
        {
            first.TrySetResult();
            return release.Task;
        };
        var held = gateway.Http.SubmitAsync("process-single-engine", Hello);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System, TestContext.Current.CancellationToken);
        gateway.Grains.Trouble = null;

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("process-single-engine", UriKind.Relative)) { Content = new StringContent(Hello, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = isChunked;
        var refused = await Answer.OfAsync(await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken));
        var small = await gateway.Http.SubmitAsync("process-single-engine", Small);
        var before = gateway.Grains.Ids.Count;
        release.SetResult();
        await held;
        var later = await gateway.Http.SubmitAsync("process-single-engine", Hello);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Response.Headers.RetryAfter?.Delta);
        Assert.False(refused.Data.TryGetProperty("sessionId", out _));
        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        Assert.Equal(2, before); // The one that is held, and the small one.
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_only_announced_is_counted()
    {
        await using var gateway = await StubGateway.StartAsync(configure: options => options.BodiesBytes = 3 * Large / 2);
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Http.BaseAddress!.Host, gateway.Http.BaseAddress.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"POST /api/v1/process-single-engine HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: {Large}\r\n\r\n"),
            TestContext.Current.CancellationToken);
        await client.GetStream().ReadExactlyAsync(new byte["HTTP/1.1 100 Continue\r\n\r\n".Length], TestContext.Current.CancellationToken); // It is being read.

        var refused = await gateway.Http.SubmitAsync("process-single-engine", Hello);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
    }

    [Fact]
    public async Task A_body_that_comes_steadily_and_does_not_end_is_refused_in_time()
    {
        FakeTimeProvider time = new();
        await using var gateway = await StubGateway.StartAsync(new() { Time = time });
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", gateway.Http.BaseAddress!.Port, TestContext.Current.CancellationToken); // It has one.
        using StreamReader reader = new(client.GetStream());
        await client.GetStream().WriteAsync("POST /api/v1/process-workflow HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

        while (!answer.IsCompleted)
        {
            // It may not yet have begun to read.
            time.Advance(TimeSpan.FromMinutes(5));
            await client.GetStream().WriteAsync(" "u8.ToArray(), TestContext.Current.CancellationToken);
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        Assert.StartsWith("HTTP/1.1 408", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_whose_answer_is_late_is_503_with_its_id()
    {
        await using var gateway = await StubGateway.StartAsync(configure: options => options.CallTimeout = TimeSpan.FromMilliseconds(200));
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Grains.Trouble = _ => release.Task;

        var answer = await gateway.Http.SubmitAsync("process-single-engine", Small);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(gateway.Grains.Only(), answer.SessionId);
        release.SetResult();
    }

    [Fact]
    public async Task Reads_that_stand_in_line_while_the_sessions_cannot_be_reached_do_not_each_find_it_out()
    {
        const int Callers = 64;
        await using var gateway = await StubGateway.StartAsync(configure: options => options.CallTimeout = TimeSpan.FromSeconds(1));
        var id = SessionIds.Create();
        var session = gateway.Grains.Session(id);
        session.Begin("a");
        session.Move(SessionStatus.Finished);
        TaskCompletionSource never = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var reads = 0;
        gateway.Grains.Trouble = call =>
        {
            if (call is not nameof(ISessionGrain.ReadResultsAsync))
            {
                return Task.CompletedTask;
            }

            Interlocked.Increment(ref reads);
            return never.Task;
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => gateway.Http.ReadAsync($"process-workflow/{id}")));
        never.SetResult();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        Assert.InRange(reads, 1, Callers / 2);
    }

    [Fact]
    public async Task Those_who_wait_beyond_the_limit_are_answered_at_once()
    {
        await using var gateway = await StubGateway.StartAsync(configure: options => options.MaxWaits = 1);
        var id = SessionIds.Create();
        var session = gateway.Grains.Session(id);
        session.Begin("a");
        var waiting = gateway.Http.ReadAsync($"process-workflow/{id}?waitTimeSecond=60");
        for (; session.Waiting == 0; await Task.Yield())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        var answer = await gateway.Http.ReadAsync($"process-workflow/{id}?waitTimeSecond=60");
        session.Move(SessionStatus.Finished);

        Assert.Equal((HttpStatusCode.OK, "pending"), (answer.StatusCode, answer.Status));
        Assert.Equal("finished", (await waiting).Status);
        Assert.Equal("finished", (await gateway.Http.ReadAsync($"process-workflow/{id}?waitTimeSecond=60")).Status);
    }

    [Fact]
    public async Task Large_answers_beyond_the_budget_wait_for_each_other_and_small_ones_do_not()
    {
        await using var gateway = await StubGateway.StartAsync(configure: options => (options.AnswersBytes, options.ResultBytes) = (Large, 2 * Large));
        var (large, small) = (SessionIds.Create(), SessionIds.Create());
        foreach (var (id, length) in (ReadOnlySpan<(string, int)>)[(large, Large), (small, 10)])
        {
            var session = gateway.Grains.Session(id);
            session.Begin("a");
            session.Write("a", Payload.Json(Encoding.UTF8.GetBytes($"\"{new string('x', length)}\"")));
            session.Move(SessionStatus.Finished);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.Http.ReadAsync($"process-workflow/{large}")));
        var after = await gateway.Http.ReadAsync($"process-workflow/{small}");

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Who_waits_for_bytes_gets_them_in_turn_or_is_told_in_time()
    {
        ByteBudget budget = new(10, TimeProvider.System);
        Assert.True(budget.TryTake(8));

        var second = budget.TakeAsync(5, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var impatient = await budget.TakeAsync(1, TimeSpan.Zero, TestContext.Current.CancellationToken);
        using CancellationTokenSource leaving = new();
        var third = budget.TakeAsync(1, TimeSpan.FromMinutes(1), leaving.Token);
        await leaving.CancelAsync();

        Assert.False(impatient);
        Assert.False(budget.TryTake(1)); // It is not its turn.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.False(second.IsCompleted);
        budget.Give(8);
        Assert.True(await second);
        Assert.True(budget.TryTake(5));
        Assert.False(budget.TryTake(1));
    }

    [Fact]
    public async Task Nothing_of_a_body_is_kept_while_its_caller_waits()
    {
        await using var gateway = await StubGateway.StartAsync();
        var waiting = gateway.Http.SubmitAsync("process-single-engine", Hello[..^1] + ",\"waitTimeSecond\":60}");
        for (; gateway.Grains.Ids.Count == 0 || gateway.Grains.Session(gateway.Grains.Only()).Waiting == 0; await Task.Yield())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        var session = gateway.Grains.Session(gateway.Grains.Only());
        var body = TakeBody(session);
        GC.Collect();

        Assert.False(body.TryGetTarget(out _), "The body is still in memory.");
        session.Move(SessionStatus.Finished);
        await waiting;
    }

    /// <summary>Has the session forget what it was given; a method of its own, so that no local holds it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<byte[]> TakeBody(FakeSession session)
    {
        Assert.True(MemoryMarshal.TryGetArray(session.Spec!.StartData[0].Payload.Bytes, out var body)); // Submitted.
        session.Forget();
        return new(body.Array!);
    }
}
