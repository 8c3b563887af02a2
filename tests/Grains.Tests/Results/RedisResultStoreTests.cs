using System.Collections.Immutable;
using System.Text;
using BlueEdge.Channels;
using BlueEdge.Sessions;
using BlueEdge.Storage;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace BlueEdge.Results;

public sealed class RedisResultStoreTests(RedisServer redis)
{
    private readonly string _sessionId = SessionIds.Create();
    private readonly RedisResultStore _store = new(
        new(redis.Connection),
        new(StorageKeys.DefaultServiceId),
        new RedisResultNotices(new(redis.Connection), new(StorageKeys.DefaultServiceId)),
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer<Payload>>());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SubSessionKey Writer(string node) => new(_sessionId, node);

    [Fact]
    public async Task Items_are_read_in_the_order_they_were_written()
    {
        await _store.AppendAsync(Writer("a"), 1, "out", isOnlyProducer: true, 0, Items(0, 3), Ct);
        await _store.AppendAsync(Writer("a"), 1, "out", isOnlyProducer: true, 3, Items(3, 2), Ct);

        var page = await ReadAsync(new() { Channel = "out" });

        Assert.Equal(["0", "1", "2", "3", "4"], Texts(page));
        Assert.Equal(5, page.Total);
        Assert.Null(page.NextOffset);
    }

    [Fact]
    public async Task Runs_that_are_repeated_or_overlap_leave_each_item_once() => await
        Gen.Select(Gen.Bool, Gen.Select(Gen.Int[0, 12], Gen.Int[1, 6]).Array[1, 12]).SampleAsync(
            async (isOnlyProducer, runs) =>
            {
                var (channel, written) = (Guid.NewGuid().ToString(), 0);
                foreach (var (first, count) in runs.Select(run => (Math.Min(run.Item1, written), run.Item2)).ToList())
                {
                    var start = Math.Min(first, written);
                    await _store.AppendAsync(Writer("a"), 1, channel, isOnlyProducer, start, Items(start, count), Ct);
                    written = Math.Max(written, start + count);
                }

                return Texts(await ReadAsync(new() { Channel = channel })).SequenceEqual(Enumerable.Range(0, written).Select(i => $"{i}"));
            },
            iter: 200);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_leaves_a_gap_is_refused(bool isOnlyProducer)
    {
        await _store.AppendAsync(Writer("a"), 1, "out", isOnlyProducer, 0, Items(0, 1), Ct);

        var error = await Assert.ThrowsAsync<BlueEdgeException>(() => _store.AppendAsync(Writer("a"), 1, "out", isOnlyProducer, 2, Items(2, 1), Ct).AsTask());

        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0"], Texts(await ReadAsync(new() { Channel = "out" })));
    }

    [Fact]
    public async Task Several_writers_keep_each_its_own_order()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async node =>
        {
            for (var i = 0; i < 50; i++)
            {
                await _store.AppendAsync(Writer($"{node}"), 1, "out", isOnlyProducer: false, i, [Json($"[{node},{i}]")], Ct);
            }
        }));

        var page = await ReadAsync(new() { Channel = "out" });

        Assert.Equal(200, page.Total);
        foreach (var texts in Texts(page).GroupBy(text => text[1]))
        {
            Assert.Equal(Enumerable.Range(0, 50).Select(i => $"[{texts.Key},{i}]"), texts);
        }
    }

    [Fact]
    public async Task A_long_channel_is_read_page_by_page()
    {
        await _store.AppendAsync(Writer("a"), 1, "out", isOnlyProducer: true, 0, Items(0, 2_500), Ct);
        List<string> read = [];
        for (long? offset = 0; offset is { } from;)
        {
            var page = await ReadAsync(new() { Channel = "out", Offset = from, Limit = 999 });
            Assert.InRange(page.Items.Length, 1, 999);
            read.AddRange(Texts(page));
            offset = page.NextOffset;
        }

        Assert.Equal(Enumerable.Range(0, 2_500).Select(i => $"{i}"), read);
    }

    [Fact]
    public async Task A_page_of_large_items_ends_before_it_grows_large()
    {
        var large = Payload.Inline(ChannelType.File, "application/octet-stream", new byte[1_000_000]);
        for (var i = 0; i < 12; i++)
        {
            await _store.AppendAsync(Writer("a"), 1, "out", isOnlyProducer: true, i, [large], Ct);
        }

        var page = await ReadAsync(new() { Channel = "out" });

        Assert.Equal(12, page.Total);
        Assert.Equal(page.Items.Length, page.NextOffset);
        Assert.InRange(page.Items.Length, 4, 6);
    }

    [Fact]
    public async Task What_is_not_JSON_comes_back_as_it_was()
    {
        var image = Payload.Inline(ChannelType.Image, "image/png", new byte[] { 0, 1, 2 });
        var blob = Payload.ByReference(ChannelType.File, "text/plain", new() { SessionId = _sessionId, Name = "b" }, 5_000_000);
        await _store.AppendAsync(Writer("a"), 1, "out", isOnlyProducer: true, 0, [image, blob], Ct);

        var page = await ReadAsync(new() { Channel = "out" });

        Assert.Equal("image/png", page.Items[0].MediaType);
        Assert.Equal(new byte[] { 0, 1, 2 }, page.Items[0].Bytes.ToArray());
        Assert.Equal((blob.Blob, blob.MediaType, blob.Length), (page.Items[1].Blob, page.Items[1].MediaType, page.Items[1].Length));
    }

    [Fact]
    public async Task Another_attempt_has_results_of_its_own()
    {
        await _store.AppendAsync(Writer("a"), 1, "out", isOnlyProducer: true, 0, Items(0, 3), Ct);
        await _store.AppendAsync(Writer("a"), 2, "out", isOnlyProducer: true, 0, Items(7, 1), Ct);

        Assert.Equal(["7"], Texts((await _store.ReadAsync(_sessionId, 2, [new() { Channel = "out" }], Ct))[0]));
        Assert.Equal(["0", "1", "2"], Texts(await ReadAsync(new() { Channel = "out" })));
    }

    private async Task<ResultPage> ReadAsync(ResultQuery query) => (await _store.ReadAsync(_sessionId, 1, [query], Ct))[0];

    private static ImmutableArray<Payload> Items(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => Json($"{i}"))];

    private static Payload Json(string text) => Payload.Json(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Texts(ResultPage page) => page.Items.Select(item => Encoding.UTF8.GetString(item.Bytes.Span));
}
