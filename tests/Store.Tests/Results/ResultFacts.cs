using System.Collections.Immutable;
using System.Text;
using BlueEdge.Channels;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Results;
using BlueEdge.Sessions;
using CsCheck;

namespace BlueEdge.Store.Tests.Results;

public abstract class ResultFacts : StoreFacts
{
    private static readonly SessionSpec Spec = Specs.Single("a", 1, ("Out", "result"));

    [Fact]
    public async Task Items_are_read_in_the_order_they_were_written()
    {
        var session = await BeginAsync();

        Assert.True(await AppendAsync(session, 0, Items(0, 3)));
        Assert.True(await AppendAsync(session, 3, Items(3, 2)));

        var page = await ReadAsync(session, new() { Channel = "result" });
        Assert.Equal(["0", "1", "2", "3", "4"], Texts(page));
        Assert.Equal(5, page.Total);
        Assert.Null(page.NextOffset);
    }

    [Fact]
    public async Task Runs_that_are_repeated_or_overlap_leave_each_item_once()
    {
        var session = await BeginAsync();
        await Gen.Select(Gen.Bool, Gen.Select(Gen.Int[0, 12], Gen.Int[1, 6]).Array[1, 12]).SampleAsync(
            async (isOnlyProducer, runs) =>
            {
                var (channel, written) = (Guid.NewGuid().ToString(), 0);
                foreach (var (first, count) in runs)
                {
                    var start = Math.Min(first, written);
                    await Stores.Results.AppendAsync(new(session, "a"), 1, channel, isOnlyProducer, start, Items(start, count), Ct);
                    written = Math.Max(written, start + count);
                }

                return Texts(await ReadAsync(session, new() { Channel = channel })).SequenceEqual(Enumerable.Range(0, written).Select(i => $"{i}"));
            },
            iter: 200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_leaves_a_gap_is_refused(bool isOnlyProducer)
    {
        var session = await BeginAsync();
        await Stores.Results.AppendAsync(new(session, "a"), 1, "result", isOnlyProducer, 0, Items(0, 1), Ct);

        var error = await Assert.ThrowsAsync<BlueEdgeException>(
            () => Stores.Results.AppendAsync(new(session, "a"), 1, "result", isOnlyProducer, 2, Items(2, 1), Ct).AsTask());

        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0"], Texts(await ReadAsync(session, new() { Channel = "result" })));
    }

    [Fact]
    public async Task Several_writers_keep_each_its_own_order()
    {
        var session = await BeginAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async node =>
        {
            for (var i = 0; i < 50; i++)
            {
                await Stores.Results.AppendAsync(new(session, $"{node}"), 1, "result", isOnlyProducer: false, i, [Json($"[{node},{i}]")], Ct);
            }
        }));

        var page = await ReadAsync(session, new() { Channel = "result" });

        Assert.Equal(200, page.Total);
        foreach (var texts in Texts(page).GroupBy(text => text[1]))
        {
            Assert.Equal(Enumerable.Range(0, 50).Select(i => $"[{texts.Key},{i}]"), texts);
        }
    }

    [Fact]
    public async Task A_long_channel_is_read_page_by_page()
    {
        var session = await BeginAsync();
        await AppendAsync(session, 0, Items(0, 2_500));
        List<string> read = [];
        for (long? offset = 0; offset is { } from;)
        {
            var page = await ReadAsync(session, new() { Channel = "result", Offset = from, Limit = 999 });
            Assert.InRange(page.Items.Length, 1, 999);
            read.AddRange(Texts(page));
            offset = page.NextOffset;
        }

        Assert.Equal(Enumerable.Range(0, 2_500).Select(i => $"{i}"), read);
        Assert.Equal(2_500, (await ReadAsync(session, new() { Channel = "result", Offset = 9_999 })).Total);
    }

    [Fact]
    public async Task A_page_of_large_items_ends_before_it_grows_large()
    {
        var session = await BeginAsync();
        var large = Payload.Inline(ChannelType.File, "application/octet-stream", new byte[1_000_000]);
        for (var i = 0; i < 12; i++)
        {
            await AppendAsync(session, i, [large]);
        }

        var page = await ReadAsync(session, new() { Channel = "result" });

        Assert.Equal(12, page.Total);
        Assert.Equal(page.Items.Length, page.NextOffset);
        Assert.InRange(page.Items.Length, 4, 6);
    }

    [Fact]
    public async Task What_is_not_JSON_comes_back_as_it_was()
    {
        var session = await BeginAsync();
        var image = Payload.Inline(ChannelType.Image, "image/png", new byte[] { 0, 1, 2 });
        var blob = Payload.ByReference(ChannelType.File, "text/plain", new() { SessionId = session, Name = "b" }, 5_000_000);
        await AppendAsync(session, 0, [image, blob, Json("")]);

        var page = await ReadAsync(session, new() { Channel = "result" });

        Assert.Equal("image/png", page.Items[0].MediaType);
        Assert.Equal(new byte[] { 0, 1, 2 }, page.Items[0].Bytes.ToArray());
        Assert.Equal((blob.Blob, blob.MediaType, blob.Length), (page.Items[1].Blob, page.Items[1].MediaType, page.Items[1].Length));
        Assert.True(page.Items[2].Bytes.IsEmpty);
    }

    [Fact]
    public async Task What_items_say_of_themselves_comes_back_with_them()
    {
        var session = await BeginAsync();
        ItemOptions said = new() { Key = "k", Tags = ["late", "ü"], Attributes = new { page = 3 } };
        var image = Payload.Inline(ChannelType.Image, "image/png", new byte[] { 0, 1 });
        var blob = Payload.ByReference(ChannelType.Json, Payload.JsonMediaType, new() { SessionId = session, Name = "b" }, 5_000_000);
        await AppendAsync(session, 0, [Json("1").With(said), Json("2"), image.With(said), blob.With(said), Json("3").With(new() { Key = "k" })]);

        var page = await ReadAsync(session, new() { Channel = "result" });

        Assert.Equal([true, false, true, true, true], page.Items.Select(item => item.Envelope is not null));
        foreach (var item in new[] { page.Items[0], page.Items[2], page.Items[3] })
        {
            Assert.Equal(("k", "late,ü", 3), (item.Envelope?.Key, string.Join(',', item.Envelope?.Tags ?? []), item.Envelope?.ReadAttributes()?.GetProperty("page").GetInt32()));
        }

        Assert.True(page.Items[4].Envelope is { Key: "k", Tags.IsEmpty: true, Attributes.IsEmpty: true });
        Assert.Equal(["1", "2"], Texts(page).Take(2));
        Assert.All(page.Items.Take(2), item => Assert.Equal((ChannelType.Json, Payload.JsonMediaType, 1), (item.Type, item.MediaType, item.Length)));
        Assert.Equal(blob.Blob, page.Items[3].Blob);
    }

    [Fact]
    public async Task While_the_session_stops_its_attempt_may_still_write()
    {
        var session = await LiveAsync(Spec, State(SessionStatus.Pending), State(SessionStatus.Processing), State(SessionStatus.Stopping));

        Assert.True(await AppendAsync(session, 0, Items(0, 1)));
        await KeepAsync(session, epoch: 1);

        Assert.Equal(["0"], Texts(await ReadAsync(session, new() { Channel = "result" })));
    }

    [Theory]
    [InlineData(SessionStatus.Failed, 1)]
    [InlineData(SessionStatus.Finished, 1)]
    [InlineData(SessionStatus.Canceled, 1)]
    [InlineData(SessionStatus.Pending, 2)]
    public async Task An_attempt_that_is_over_writes_nothing(SessionStatus status, int epoch)
    {
        var session = await LiveAsync(Spec, State(SessionStatus.Processing));
        await AppendAsync(session, 0, Items(0, 1));
        await Stores.Sessions.WriteAsync(session, 1, Spec, State(SessionStatus.Processing), State(status, epoch));

        Assert.False(await AppendAsync(session, 1, Items(1, 1)));
        Assert.False(await AppendAsync(session, 0, Items(0, 1)));
        Assert.False(await Stores.Results.AppendAsync(new(session, "b"), 1, "other", isOnlyProducer: false, 0, Items(0, 1), Ct));
        await KeepAsync(session, epoch: 1);

        Assert.Equal(["0"], Texts(await ReadAsync(session, new() { Channel = "result" })));
        Assert.Equal(0, (await ReadAsync(session, new() { Channel = "other" })).Total);
        var failed = State(SessionStatus.Failed) with { Nodes = [new() { Status = SubSessionStatus.Failed }] };
        Assert.Empty(await Stores.DeadLetters.ReadAsync(session, Spec, failed));
    }

    [Fact]
    public async Task What_a_node_had_in_hand_last_is_dead_once_it_failed()
    {
        var session = await LiveAsync(Spec, State(SessionStatus.Processing));
        await KeepAsync(session, epoch: 1, "first");
        await KeepAsync(session, epoch: 1, "last");
        var failed = State(SessionStatus.Failed) with { Nodes = [new() { Status = SubSessionStatus.Failed, Error = "broken" }] };
        await Stores.Sessions.WriteAsync(session, 1, Spec, State(SessionStatus.Processing), failed);

        var letter = Assert.Single(await Stores.DeadLetters.ReadAsync(session, Spec, failed));

        Assert.Equal(("last", "broken"), (Encoding.UTF8.GetString(letter.Payload.Bytes.Span), letter.Error));
    }

    [Fact]
    public async Task A_session_that_nobody_knows_takes_no_results() =>
        Assert.False(await AppendAsync(SessionIds.Create(), 0, Items(0, 1)));

    [Fact]
    public async Task Another_attempt_has_results_of_its_own_and_the_last_ones_stay()
    {
        var session = await BeginAsync();
        await AppendAsync(session, 0, Items(0, 3));
        var second = State(SessionStatus.Processing, epoch: 2);
        await Stores.Sessions.WriteAsync(session, 1, Spec, State(SessionStatus.Processing), second);
        await Stores.Results.AppendAsync(new(session, "a"), 2, "result", isOnlyProducer: true, 0, Items(7, 1), Ct);
        Assert.Equal(["0", "1", "2"], Texts(await ReadAsync(session, new() { Channel = "result" })));

        await Stores.Sessions.WriteAsync(session, 2, Spec, second, State(SessionStatus.Finished, epoch: 2) with
        {
            FormerAttempts = [new() { Epoch = 1, Reason = "", EndedAt = Now }],
        });

        Assert.Equal(["7"], Texts((await Stores.Results.ReadAsync(session, 2, [new() { Channel = "result" }], Ct))[0]));
        Assert.Equal(0, (await ReadAsync(session, new() { Channel = "result" })).Total);
    }

    [Fact]
    public async Task Who_follows_a_session_is_told_of_its_results_and_of_no_others()
    {
        var (session, other) = (await BeginAsync(), await BeginAsync());
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (await Stores.Notices.ListenAsync(session, () => told.TrySetResult()))
        await using (await Stores.Notices.ListenAsync(other, () => told.TrySetException(new InvalidOperationException("The wrong one was told."))))
        {
            await AppendAsync(session, 0, Items(0, 1));

            await told.Task.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System, Ct);
        }
    }

    private Task<string> BeginAsync() => LiveAsync(Spec, State(SessionStatus.Processing));

    private Task<bool> AppendAsync(string session, long first, ImmutableArray<Payload> items) =>
        Stores.Results.AppendAsync(new(session, "a"), 1, "result", isOnlyProducer: true, first, items, Ct).AsTask();

    private Task KeepAsync(string session, int epoch, string text = "in hand") => Stores.DeadLetters.KeepAsync(
        session, new() { Node = "a", Epoch = epoch, Channel = "control", Producer = "", Sequence = 0, Payload = Json(text) });

    private async Task<ResultPage> ReadAsync(string session, ResultQuery query) => (await Stores.Results.ReadAsync(session, 1, [query], Ct))[0];

    private static IEnumerable<string> Texts(ResultPage page) => page.Items.Select(item => Encoding.UTF8.GetString(item.Bytes.Span));
}
