using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Sessions;
using BlueEdge.Storage;
using Microsoft.Extensions.Time.Testing;
using static BlueEdge.EngineHost.Tests.Channels.ScriptedTransport;

namespace BlueEdge.EngineHost.Tests.Channels;

public sealed class ChannelWriterTests : IDisposable
{
    private readonly RecordingResultStore _store = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly CancellationTokenSource _stopping = new();

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task An_interested_channel_has_stored_the_item_when_the_write_returns()
    {
        var storing = NewSignal();
        _store.BeforeAppend = _ => storing.Task;
        var writer = Open(Takes(), interested: true);

        var write = writer.WriteAsync(Number(1)).AsTask();
        Assert.False(write.IsCompleted);
        storing.SetResult();
        await write.OrFail("the write");

        Assert.Equal([1], Numbers(_store.Stored));
    }

    [Fact]
    public async Task What_is_written_while_the_store_is_busy_goes_with_the_next_append_in_order()
    {
        var storing = NewSignal();
        _store.BeforeAppend = number => number == 1 ? storing.Task : Task.CompletedTask;
        var transport = Takes();
        var writer = Open(transport, interested: true);

        var writes = Enumerable.Range(0, 100).Select(number => writer.WriteAsync(Number(number)).AsTask()).ToArray();
        storing.SetResult();
        await Task.WhenAll(writes).OrFail("the writes");

        Assert.Equal(Enumerable.Range(0, 100), Numbers(_store.Stored));
        Assert.Equal(2, _store.Appends);
        Assert.Equal(Enumerable.Range(0, 100), transport.Deliveries.SelectMany(delivery => Numbers(delivery.Items)));
    }

    [Fact]
    public async Task Concurrent_writes_have_the_same_order_in_the_store_and_at_every_reader()
    {
        _store.BeforeAppend = async _ => await Task.Yield();
        var transport = Takes();
        var writer = Open(transport, interested: true, "r1", "r2");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var number = 0; number < 200; number++)
            {
                await writer.WriteAsync(Number((thread * 1_000) + number));
            }
        }))).OrFail("the writes");
        await writer.EndAsync().OrFail("the end");

        var stored = Numbers(_store.Stored).ToList();
        Assert.Equal(1_600, stored.Count);
        Assert.All(Enumerable.Range(0, 8), thread => Assert.Equal(
            Enumerable.Range(thread * 1_000, 200), stored.Where(number => number / 1_000 == thread)));
        Assert.All(["r1", "r2"], reader => Assert.Equal(
            stored, transport.Deliveries.Where(delivery => delivery.Reader.Node == reader).SelectMany(delivery => Numbers(delivery.Items))));
    }

    [Fact]
    public async Task A_store_that_is_away_is_tried_until_it_is_back()
    {
        var failed = NewSignal();
        _store.BeforeAppend = number =>
        {
            if (number == 3)
            {
                failed.SetResult();
            }

            return number <= 3 ? Task.FromException(number == 2 ? new StoreUnavailableException("away") : new IOException("away")) : Task.CompletedTask;
        };
        var writer = Open(Takes(), interested: true);

        var write = writer.WriteAsync(Number(1)).AsTask();
        while (!write.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        await write;
        Assert.True(failed.Task.IsCompleted);
        Assert.Equal([1], Numbers(_store.Stored));
    }

    [Fact]
    public async Task A_run_that_is_over_is_told_so_at_once_and_tries_nothing_again()
    {
        _store.IsOver = true;
        var writer = Open(Takes(), interested: true);

        var error = await Assert.ThrowsAsync<BlueEdgeException>(() => writer.WriteAsync(Number(1)).AsTask().OrFail("the write"));
        await Assert.ThrowsAsync<BlueEdgeException>(() => writer.WriteAsync(Number(2)).AsTask().OrFail("the next write"));

        Assert.Contains("has ended, or is at another attempt", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, _store.Appends);
    }

    [Fact]
    public async Task A_store_that_refuses_fails_this_write_and_all_later_ones()
    {
        var refusing = NewSignal();
        _store.BeforeAppend = async _ =>
        {
            await refusing.Task;
            throw new BlueEdgeException("items between are missing");
        };
        var writer = Open(Takes(), interested: true);

        var first = writer.WriteAsync(Number(1)).AsTask();
        var queued = writer.WriteAsync(Number(2)).AsTask();
        refusing.SetResult();

        await Assert.ThrowsAsync<BlueEdgeException>(() => first);
        await Assert.ThrowsAsync<BlueEdgeException>(() => queued);
        await Assert.ThrowsAsync<BlueEdgeException>(async () => await writer.WriteAsync(Number(3)));
        await Assert.ThrowsAsync<BlueEdgeException>(writer.EndAsync);
        Assert.Equal(1, _store.Appends);
    }

    [Fact]
    public async Task The_end_waits_for_what_is_still_being_stored()
    {
        var storing = NewSignal();
        _store.BeforeAppend = _ => storing.Task;
        var writer = Open(Takes(), interested: true);
        var forgotten = writer.WriteAsync(Number(1)).AsTask();

        var ending = writer.EndAsync();
        Assert.False(ending.IsCompleted);
        storing.SetResult();

        await ending.OrFail("the end");
        await forgotten;
        Assert.Equal([1], Numbers(_store.Stored));
    }

    [Fact]
    public async Task A_channel_that_nobody_is_interested_in_is_not_stored()
    {
        await Open(Takes(), interested: false).WriteAsync(Number(1));

        Assert.Equal(0, _store.Appends);
    }

    [Fact]
    public async Task A_channel_without_readers_only_stores()
    {
        var writer = new ChannelWriter(Link(interested: true), new(SessionIds.Create(), "w"), 1, Takes(), _store, 1, 1, _clock, NoLogger.Of<ChannelWriter>(), _stopping.Token);

        await writer.WriteAsync(Number(1));
        await writer.WriteAsync(Number(2));
        await writer.EndAsync().OrFail("the end");

        Assert.Equal([1, 2], Numbers(_store.Stored));
    }

    [Fact]
    public async Task A_reader_that_is_gone_holds_up_nobody_and_the_others_get_all()
    {
        var transport = new ScriptedTransport(delivery => new(delivery.Reader.Node == "gone" ? Gone() : Taken(delivery)));
        var writer = Open(transport, interested: false, "gone", "r1", "r2");

        for (var number = 0; number < 100; number++)
        {
            await writer.WriteAsync(Number(number)).AsTask().OrFail("a write");
        }

        await writer.EndAsync().OrFail("the end");

        Assert.All(["r1", "r2"], reader =>
        {
            var its = transport.Deliveries.Where(delivery => delivery.Reader.Node == reader).ToList();
            Assert.Equal(Enumerable.Range(0, 100), its.SelectMany(delivery => Numbers(delivery.Items)));
            Assert.True(Assert.Single(its, delivery => delivery.Ended) == its[^1]);
        });
        Assert.Single(transport.Deliveries, delivery => delivery.Reader.Node == "gone");
    }

    [Fact]
    public async Task A_slow_reader_holds_up_its_writer_once_the_window_is_full()
    {
        var room = NewSignal();
        var writer = Open(Full(room), interested: false);
        await writer.WriteAsync(Number(0)).AsTask().OrFail("the write into the reader's window");
        await writer.WriteAsync(Number(1)).AsTask().OrFail("the first write into the writer's window");

        var write = writer.WriteAsync(Number(2)).AsTask();
        Assert.False(write.IsCompleted);
        room.SetResult();

        await write.OrFail("the write once there is room");
        await writer.EndAsync().OrFail("the end");
    }

    [Fact]
    public async Task A_stop_ends_waiting_writes_and_refuses_later_ones()
    {
        var writer = Open(Full(NewSignal()), interested: false);
        await writer.WriteAsync(Number(0));
        await writer.WriteAsync(Number(1));
        var write = writer.WriteAsync(Number(2)).AsTask();

        await _stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.OrFail("the stop"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await writer.WriteAsync(Number(3)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(writer.EndAsync);
    }

    [Fact]
    public async Task A_reader_that_has_not_begun_gets_everything_and_the_end_once_it_has()
    {
        var tries = 0;
        var transport = new ScriptedTransport(async delivery =>
        {
            await Task.Yield();
            return ++tries <= 3 ? NotYet(delivery) : Taken(delivery);
        });
        var silent = Open(transport, interested: false);

        await silent.EndAsync().OrFail("the end");

        Assert.Equal(4, tries);
        Assert.All(transport.Deliveries, delivery => Assert.True(delivery.Ended));
    }

    [Fact]
    public async Task A_reader_that_never_begins_fails_the_writer()
    {
        var writer = Open(new(async delivery =>
        {
            await Task.Yield();
            return NotYet(delivery);
        }), interested: false);
        await writer.WriteAsync(Number(1));

        var error = await Assert.ThrowsAsync<BlueEdgeException>(() => writer.EndAsync().OrFail("the end"));

        Assert.Contains("Node 'r'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BlueEdgeException>(async () => await writer.WriteAsync(Number(2)));
    }

    [Fact]
    public async Task A_transport_that_gives_up_fails_the_writer()
    {
        var writer = Open(new(_ => throw new IOException("unplugged")), interested: false);
        await writer.WriteAsync(Number(1));

        await Assert.ThrowsAsync<IOException>(() => writer.EndAsync().OrFail("the end"));
    }

    [Fact]
    public async Task Nothing_is_written_after_the_end()
    {
        var transport = Takes();
        var writer = Open(transport, interested: true);
        await writer.EndAsync();

        await Assert.ThrowsAsync<BlueEdgeException>(async () => await writer.WriteAsync(Number(1)));
        Assert.Empty(_store.Stored);
        Assert.Single(transport.Deliveries);
    }

    [Fact]
    public async Task The_last_words_of_a_failed_run_wait_for_the_store_and_for_no_reader()
    {
        var writer = Open(Full(NewSignal()), interested: true);
        await writer.WriteAsync(Number(0));
        await writer.WriteAsync(Number(1));

        await writer.WriteLastAsync(Number(2)).OrFail("the store");

        Assert.Equal([0, 1, 2], Numbers(_store.Stored));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static ScriptedTransport Takes() => new(delivery => new(Taken(delivery)));

    /// <summary>A reader that takes one item, and has no room for more before the signal.</summary>
    private static ScriptedTransport Full(TaskCompletionSource room) => new(async delivery =>
    {
        if (delivery.FirstSequence > 0)
        {
            await room.Task;
        }

        return Taken(delivery, room.Task.IsCompleted ? 1_000 : 0);
    });

    private static Payload Number(int number) => Payload.Json(BitConverter.GetBytes(number));

    private static IEnumerable<int> Numbers(IEnumerable<Payload> payloads) => payloads.Select(payload => BitConverter.ToInt32(payload.Bytes.Span));

    private static OutputLink Link(bool interested, params string[] readers) => new()
    {
        Port = "Out",
        Channel = "c",
        Type = ChannelType.Json,
        Interested = interested,
        Readers = [.. readers.Select(reader => new ChannelEnd { Name = reader, Address = "i" })],
    };

    private ChannelWriter Open(ScriptedTransport transport, bool interested, params string[] readers) => new(
        Link(interested, readers.Length == 0 ? ["r"] : readers),
        new(SessionIds.Create(), "w"), 1, transport, _store, windowItems: 2, long.MaxValue, _clock, NoLogger.Of<ChannelWriter>(), _stopping.Token);
}
