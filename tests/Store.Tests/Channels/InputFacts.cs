using System.Collections.Immutable;
using System.Text;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Sessions;
using CsCheck;

namespace BlueEdge.Store.Tests.Channels;

public abstract class InputFacts : StoreFacts
{
    private const string Channel = "live/a";

    private static readonly SessionSpec Spec = new()
    {
        Channels = [new() { Name = Channel, Type = ChannelType.Json, External = ExternalDirection.In }],
        Nodes = [Specs.Node("a", "a", [("In", Channel)])],
    };

    [Fact]
    public async Task Items_are_read_in_the_order_in_which_they_were_taken()
    {
        var session = await BeginAsync();

        await TakenAsync(session, "w", 0, Items(0, 3));
        await TakenAsync(session, "v", 0, Items(10, 2));
        await TakenAsync(session, "w", 3, Items(3, 1));

        var page = await ReadAsync(session);
        Assert.Equal(["0", "1", "2", "10", "11", "3"], Texts(page));
        Assert.Equal((0, 6, false), (page.Offset, page.End, page.HasEnded));
    }

    [Fact]
    public async Task A_log_that_nobody_wrote_to_is_empty()
    {
        var page = await ReadAsync(await BeginAsync());

        Assert.Equal((0, 0, 0, false), (page.Offset, page.Items.Length, page.End, page.HasEnded));
    }

    [Fact]
    public async Task Runs_that_are_repeated_or_overlap_leave_each_item_once_in_its_writers_order() =>
        await Gen.Select(Gen.Int[0, 2], Gen.Int[0, 12], Gen.Int[1, 6]).Array[1, 25].SampleAsync(
            async runs =>
            {
                var session = await BeginAsync();
                var written = new int[3];
                List<string> expected = [];
                foreach (var (writer, first, count) in runs)
                {
                    var next = written[writer];
                    var append = await AppendAsync(session, $"{writer}", first, [.. Enumerable.Range(first, count).Select(i => Json($"[{writer},{i}]"))]);
                    var (outcome, end) = first > next ? (InputAppendOutcome.Gap, next) : (InputAppendOutcome.Taken, Math.Max(next, first + count));
                    Assert.Equal((outcome, end, end - next), (append.Outcome, (int)append.NextSequence, append.Appended));
                    Assert.True(append.End is null || append.Outcome is InputAppendOutcome.Gap || append.End == expected.Count + end - next);
                    expected.AddRange(Enumerable.Range(next, end - next).Select(i => $"[{writer},{i}]"));
                    written[writer] = end;
                }

                Assert.Equal(expected, Texts(await ReadAsync(session)));
            },
            iter: 60);

    [Fact]
    public async Task A_writer_without_a_name_is_never_taken_for_one_that_repeats_itself()
    {
        var session = await BeginAsync();

        await AppendAsync(session, null, 0, Items(1, 1));
        await AppendAsync(session, null, 0, Items(1, 1));

        Assert.Equal(["1", "1"], Texts(await ReadAsync(session)));
    }

    [Fact]
    public async Task Many_writers_at_once_lose_and_double_nothing()
    {
        var session = await BeginAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 40; i++)
            {
                await TakenAsync(session, $"{writer}", i, [Json($"[{writer},{i}]")]);
            }
        }));

        var page = await ReadAsync(session);

        Assert.Equal(320, page.End);
        foreach (var texts in Texts(page).GroupBy(text => text[1]))
        {
            Assert.Equal(Enumerable.Range(0, 40).Select(i => $"[{texts.Key},{i}]"), texts);
        }
    }

    [Fact]
    public async Task After_its_end_a_log_takes_nothing_and_acknowledges_what_it_has()
    {
        var session = await BeginAsync();
        await TakenAsync(session, "w", 0, Items(0, 2));

        Assert.Equal(InputAppendOutcome.Taken, (await EndAsync(session, "w")).Outcome);
        Assert.Equal(InputAppendOutcome.Taken, (await EndAsync(session, "v")).Outcome);

        Assert.Equal((InputAppendOutcome.Taken, 2L, 0), Parts(await AppendAsync(session, "w", 0, Items(0, 2))));
        Assert.Equal((InputAppendOutcome.Ended, 2L, 0), Parts(await AppendAsync(session, "w", 1, Items(1, 2))));
        Assert.Equal(InputAppendOutcome.Ended, (await AppendAsync(session, null, 0, Items(7, 1))).Outcome);
        var page = await ReadAsync(session);
        Assert.Equal(["0", "1"], Texts(page));
        Assert.True(page.IsLast);
    }

    [Fact]
    public async Task The_last_items_may_come_with_the_end()
    {
        var session = await BeginAsync();

        var append = await Stores.Inputs.AppendAsync(session, 1, Channel, new() { Writer = "w", Items = Items(0, 2), Ends = true });

        Assert.Equal((InputAppendOutcome.Taken, 2L, 2), Parts(append));
        Assert.True((await ReadAsync(session)) is { HasEnded: true, End: 2 });
    }

    [Fact]
    public async Task Who_writes_nothing_hears_which_number_is_next()
    {
        var session = await BeginAsync();
        await TakenAsync(session, "w", 0, Items(0, 2));

        Assert.Equal((InputAppendOutcome.Taken, 2L, 0), Parts(await AppendAsync(session, "w", 0, [])));
        Assert.Equal((InputAppendOutcome.Taken, 0L, 0), Parts(await AppendAsync(session, "v", 0, [])));
    }

    [Fact]
    public async Task What_was_let_go_is_gone_and_the_numbers_go_on()
    {
        var session = await BeginAsync();
        await TakenAsync(session, "w", 0, Items(0, 5));

        await Stores.Inputs.TrimAsync(session, Channel, 3);
        await Stores.Inputs.TrimAsync(session, Channel, 3);
        await Stores.Inputs.TrimAsync(session, Channel, 1);

        Assert.Equal((3, 5), ((await ReadAsync(session)).Offset, (await ReadAsync(session)).End));
        Assert.Equal(["3", "4"], Texts(await ReadAsync(session)));
        await Stores.Inputs.TrimAsync(session, Channel, 5);
        Assert.Equal((5, 0, 5), ((await ReadAsync(session)).Offset, (await ReadAsync(session)).Items.Length, (await ReadAsync(session)).End));
        await TakenAsync(session, "w", 5, Items(5, 1));
        Assert.Equal(["5"], Texts(await ReadAsync(session, 5)));
    }

    [Fact]
    public async Task A_long_log_is_read_page_by_page()
    {
        var session = await BeginAsync();
        await TakenAsync(session, "w", 0, Items(0, 2_500));
        List<string> read = [];
        for (var offset = 0L; read.Count < 2_500;)
        {
            var page = await Stores.Inputs.ReadAsync(session, Channel, offset, 999, int.MaxValue);
            Assert.InRange(page.Items.Length, 1, 999);
            read.AddRange(Texts(page));
            offset = page.Next;
        }

        Assert.Equal(Enumerable.Range(0, 2_500).Select(i => $"{i}"), read);
        Assert.Equal(10, (await Stores.Inputs.ReadAsync(session, Channel, 0, 2_500, 10)).Items.Length);
        Assert.Equal((0, 2_500), ((await Stores.Inputs.ReadAsync(session, Channel, 0, 0, 10)).Items.Length, (await Stores.Inputs.ReadAsync(session, Channel, 0, 0, 10)).End));
    }

    [Fact]
    public async Task What_is_not_JSON_comes_back_as_it_was()
    {
        var session = await BeginAsync();
        var image = Payload.Inline(ChannelType.Image, "image/png", new byte[] { 0, 1, 2 }).With(new() { Key = "k" });

        await TakenAsync(session, "w", 0, [image]);

        var read = Assert.Single((await ReadAsync(session)).Items);
        Assert.Equal(("image/png", "k"), (read.MediaType, read.Envelope?.Key));
        Assert.Equal(new byte[] { 0, 1, 2 }, read.Bytes.ToArray());
    }

    [Fact]
    public async Task It_outlives_an_attempt_and_takes_more_in_the_next_whatever_the_writer_knows()
    {
        var session = await BeginAsync();
        await TakenAsync(session, "w", 0, Items(0, 1));
        await Stores.Sessions.WriteAsync(session, 1, Spec, State(SessionStatus.Processing), State(SessionStatus.Pending, epoch: 2));

        await TakenAsync(session, "w", 1, Items(1, 1));

        Assert.Equal(["0", "1"], Texts(await ReadAsync(session)));
    }

    [Theory]
    [InlineData(SessionStatus.Failed)]
    [InlineData(SessionStatus.Finished)]
    [InlineData(SessionStatus.Canceled)]
    public async Task A_session_that_has_ended_takes_nothing(SessionStatus status)
    {
        var session = await BeginAsync();
        await TakenAsync(session, "w", 0, Items(0, 1));
        await Stores.Sessions.WriteAsync(session, 1, Spec, State(SessionStatus.Processing), State(status));

        Assert.Equal((InputAppendOutcome.Over, 1, 0), Parts(await AppendAsync(session, "w", 1, Items(1, 1))));
        Assert.Equal((InputAppendOutcome.Over, 0, 0), Parts(await AppendAsync(session, "another", 0, Items(0, 1))));
        Assert.Equal(InputAppendOutcome.Over, (await EndAsync(session, "w")).Outcome);

        Assert.Equal(["0"], Texts(await ReadAsync(session)));
    }

    [Fact]
    public async Task A_session_that_nobody_knows_takes_nothing() =>
        Assert.Equal(InputAppendOutcome.Over, (await AppendAsync(SessionIds.Create(), "w", 0, Items(0, 1))).Outcome);

    private Task<string> BeginAsync() => LiveAsync(Spec, State(SessionStatus.Processing));

    private Task<InputAppend> AppendAsync(string session, string? writer, long first, ImmutableArray<Payload> items) =>
        Stores.Inputs.AppendAsync(session, 1, Channel, new() { Writer = writer, FirstSequence = first, Items = items });

    private async Task TakenAsync(string session, string writer, long first, ImmutableArray<Payload> items) =>
        Assert.Equal((InputAppendOutcome.Taken, first + items.Length, items.Length), Parts(await AppendAsync(session, writer, first, items)));

    private Task<InputAppend> EndAsync(string session, string writer) =>
        Stores.Inputs.AppendAsync(session, 1, Channel, new() { Writer = writer, Ends = true });

    private Task<InputPage> ReadAsync(string session, long offset = 0) => Stores.Inputs.ReadAsync(session, Channel, offset, 10_000, int.MaxValue);

    private static (InputAppendOutcome Outcome, long Next, int Appended) Parts(InputAppend append) => (append.Outcome, append.NextSequence, append.Appended);

    private static IEnumerable<string> Texts(InputPage page) => page.Items.Select(item => Encoding.UTF8.GetString(item.Bytes.Span));
}
