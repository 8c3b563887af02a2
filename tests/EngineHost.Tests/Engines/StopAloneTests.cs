using BlueEdge.Blobs;
using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels;
using BlueEdge.EngineHost.Engines;
using BlueEdge.EngineHost.Tests.Channels;
using BlueEdge.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.EngineHost.Tests.Engines;

/// <summary>A run whose session goes on without it: its one output has one reader, which answers as the test says.</summary>
public sealed class StopAloneTests : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _clock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-stop-alone-").FullName;
    private readonly TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ScriptedTransport _reader;
    private readonly EngineRun _run;

    public StopAloneTests()
    {
        _reader = new(async delivery =>
        {
            await _room.Task;
            return ScriptedTransport.Taken(delivery);
        });
        _run = Begin(_reader);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Its_reader_has_all_and_knows_it_before_the_end_is_told()
    {
        await WriteAsync(1).OrFail("a write");
        await WriteAsync(2).OrFail("a write");

        var stopping = _run.StopAloneAsync("enough", Grace, _clock);
        Assert.True(_run.Stopping.IsCancellationRequested);
        var completing = _run.CompleteAsync(new OperationCanceledException(_run.Stopping));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WriteAsync(3));
        Assert.False(_run.Ended.IsCompleted);
        _room.SetResult();

        await completing.OrFail("the run's end");
        Assert.False(await stopping.OrFail("the stop"));
        var end = await _run.Ended;
        Assert.Equal((SubSessionStatus.Canceled, "enough", 2L), (end.Status, end.Error, end.ItemsWritten));
        AssertRead("1", "2");
    }

    [Fact]
    public async Task What_an_engine_throws_once_it_was_told_to_stop_is_not_its_end()
    {
        _room.SetResult();
        await WriteAsync(1).OrFail("a write");

        _ = _run.StopAloneAsync("enough", Grace, _clock);
        await _run.CompleteAsync(new InvalidOperationException("its socket was closed")).OrFail("the run's end");

        Assert.Equal((SubSessionStatus.Canceled, "enough"), ((await _run.Ended).Status, (await _run.Ended).Error));
        AssertRead("1");
    }

    [Fact]
    public async Task An_engine_that_goes_on_is_left_to_itself_after_the_grace_period_and_its_reader_has_what_it_wrote()
    {
        await WriteAsync(1).OrFail("a write");
        var stopping = _run.StopAloneAsync("enough", Grace, _clock);
        _clock.Advance(Grace - TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(_reader.Deliveries, delivery => delivery.Ended);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_run.Ended.IsCompleted);
        _room.SetResult();

        Assert.True(await stopping.OrFail("the stop"));
        Assert.Equal((SubSessionStatus.Canceled, "enough"), ((await _run.Ended).Status, (await _run.Ended).Error));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WriteAsync(2));
        AssertRead("1");
        await _run.CompleteAsync(failure: null).OrFail("the engine's late end");
        Assert.Equal(SubSessionStatus.Canceled, (await _run.Ended).Status);
    }

    [Fact]
    public async Task An_engine_that_waits_for_its_reader_is_let_go()
    {
        await WriteAsync(1).OrFail("a write");
        await WriteAsync(2).OrFail("a write");

        // It may give no token, or one of its own.
        using var own = new CancellationTokenSource();
        Task[] writes = [WriteAsync(3), WriteAsync(4, own)];
        Assert.DoesNotContain(writes, write => write.IsCompleted);

        _ = _run.StopAloneAsync("enough", Grace, _clock);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writes[0].OrFail("the end of the write without a token"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writes[1].OrFail("the end of the write with a token"));
        var completing = _run.CompleteAsync(new OperationCanceledException());
        _room.SetResult();
        await completing.OrFail("the run's end");
        AssertRead("1", "2", "3", "4");
    }

    [Theory]
    [InlineData(SubSessionStatus.Canceled)]
    [InlineData(SubSessionStatus.Failed)]
    public async Task A_stop_of_the_whole_session_or_a_drain_does_not_wait_for_its_reader(SubSessionStatus status)
    {
        await WriteAsync(1).OrFail("a write");
        _ = _run.StopAloneAsync("enough", Grace, _clock);
        var completing = _run.CompleteAsync(new OperationCanceledException());
        Assert.False(_run.Ended.IsCompleted);

        await _run.StopAsync(status, "all of it", TimeSpan.Zero, _clock).OrFail("the stop of the session");

        await completing.OrFail("the run's end");
        Assert.Equal((status, "all of it"), ((await _run.Ended).Status, (await _run.Ended).Error));
    }

    [Fact]
    public async Task A_reader_that_cannot_be_reached_fails_it()
    {
        var run = Begin(new(_ => throw new BlueEdgeException("its host is away")));
        await run.WriteAsync("Out", Number(1), CancellationToken.None);

        _ = run.StopAloneAsync("enough", Grace, _clock);
        await run.CompleteAsync(new OperationCanceledException()).OrFail("the run's end");

        Assert.Equal((SubSessionStatus.Failed, "its host is away"), ((await run.Ended).Status, (await run.Ended).Error));
    }

    [Fact]
    public async Task The_first_stop_counts_and_one_after_the_end_changes_nothing()
    {
        _room.SetResult();
        var first = _run.StopAloneAsync("first", Grace, _clock);

        Assert.False(await _run.StopAloneAsync("second", Grace, _clock).OrFail("the second stop"));
        await _run.CompleteAsync(failure: null).OrFail("the run's end");
        Assert.False(await first.OrFail("the first stop"));

        Assert.False(await _run.StopAloneAsync("third", Grace, _clock).OrFail("the third stop"));
        Assert.Equal((SubSessionStatus.Canceled, "first"), ((await _run.Ended).Status, (await _run.Ended).Error));
    }

    [Fact]
    public async Task A_run_that_is_finishing_finishes()
    {
        await WriteAsync(1).OrFail("a write");
        var completing = _run.CompleteAsync(failure: null);

        _ = _run.StopAloneAsync("enough", Grace, _clock);
        _room.SetResult();

        await completing.OrFail("the run's end");
        Assert.Equal(SubSessionStatus.Finished, (await _run.Ended).Status);
        AssertRead("1");
    }

    private static Payload Number(int number) => Payload.Json(System.Text.Encoding.UTF8.GetBytes($"{number}"));

    private Task WriteAsync(int number, CancellationTokenSource? own = null) =>
        _run.WriteAsync("Out", Number(number), own?.Token ?? CancellationToken.None).AsTask();

    private void AssertRead(params string[] items)
    {
        Assert.Equal(items, _reader.Deliveries.SelectMany(delivery => delivery.Items).Select(item => System.Text.Encoding.UTF8.GetString(item.Bytes.Span)));
        Assert.True(_reader.Deliveries.Last().Ended);
    }

    private EngineRun Begin(ScriptedTransport reader)
    {
        var key = new SubSessionKey(SessionIds.Create(), "n");
        var start = new SubSessionStart
        {
            Key = key,
            Epoch = 1,
            Lease = new() { Engine = "scripted", Instance = "any" },
            Inputs = [new() { Port = "A", Channel = "in", Type = ChannelType.Json, Writers = ["w"] }],
            Outputs = [new() { Port = "Out", Channel = "out", Type = ChannelType.Json, Interested = false, Readers = [new() { Name = "r", Address = "any" }] }],
            StopGrace = Grace,
        };
        var blobs = new FolderBlobStore(Options.Create(new FolderBlobStoreOptions { Path = _folder }));
        var channels = Options.Create(new ChannelOptions());
        return new(
            start,
            new EngineDefinitionBuilder(typeof(ScriptedEngine)).Build(),
            Path.Combine(_folder, "temporary"),
            new Inbox(start.Inputs, 1, 1_000),
            (link, stopping) => new(link, key, 1, reader, new RecordingResultStore(), windowItems: 3, windowBytes: 1_000, _clock, NullLogger<ChannelWriter>.Instance, stopping),
            _ => throw new InvalidOperationException("No session listens."),
            new(blobs, new ClaimCheck(blobs, channels), channels),
            RunTelemetry.None(_clock),
            _ => Task.CompletedTask,
            (_, _) => { });
    }
}
