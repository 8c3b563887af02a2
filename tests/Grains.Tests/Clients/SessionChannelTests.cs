using System.Globalization;
using System.Text;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Client;
using BlueEdge.Client.Channels;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Clients;

/// <summary>What .NET services write to channels of sessions that run, and read from them.</summary>
public sealed class SessionChannelTests(Cluster cluster)
{
    private readonly BlueEdgeClient _client = new(cluster.Grains, TimeProvider.System, NullLogger<BlueEdgeClient>.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_comes_back_while_the_session_runs()
    {
        var id = await _client.SubmitAsync(Live("reader"), cancellationToken: Ct);
        await using var input = await OpenAsync(id, "in");
        await using var output = await OpenAsync(id, "result-reader");
        Assert.Equal((true, false), (input.CanWrite, output.CanWrite));

        await using var read = output.ReadAsync(Ct).GetAsyncEnumerator(Ct);
        for (var i = 0; i < 20; i++)
        {
            await input.WriteAsync(Item(i), Ct);
            Assert.True(await read.MoveNextAsync());
            Assert.Equal(Text(i), TextOf(read.Current));
        }

        Assert.Equal(20, input.Sequence);
        await input.EndAsync(Ct);
        await input.EndAsync(Ct);
        Assert.False(await read.MoveNextAsync());
        Assert.Equal(SessionStatus.Finished, (await _client.WaitAsync(id, Ct))?.Status);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_was_written_or_not_and_takes_no_other_with_it()
    {
        var id = await _client.SubmitAsync(Live("reader"), cancellationToken: Ct);
        await using var input = await OpenAsync(id, "in");
        List<int> mustBeThere = [];

        for (var i = 0; i < 100; i++)
        {
            using CancellationTokenSource cancelled = new();
            var writing = input.WriteAsync(Item(i), i % 2 == 0 ? cancelled.Token : Ct);
            if (i % 2 == 0)
            {
                await cancelled.CancelAsync();
                await Record.ExceptionAsync(() => writing);
            }
            else
            {
                await writing;
                mustBeThere.Add(i);
            }
        }

        await input.EndAsync(Ct);
        var read = await ReadAllAsync(id, "result-reader");
        Assert.Equal(input.Sequence, read.Count);
        Assert.Equal(read.Distinct(), read);
        Assert.Superset(mustBeThere.Select(Text).ToHashSet(), read.ToHashSet());
    }

    [Fact]
    public async Task It_waits_for_room_until_its_caller_does_not_want_to()
    {
        var spec = Live("fast");
        var id = await _client.SubmitAsync(spec with { Nodes = [.. spec.Nodes, Node("slow", "holding", [("In", "in")])] }, cancellationToken: Ct);
        await using var input = await OpenAsync(id, "in");
        using CancellationTokenSource enough = new();
        var written = 0;
        var writing = WriteOnAsync();
        await foreach (var result in _client.ResultsAsync(id, "result-fast", Ct))
        {
            if (result.Offset == 200)
            {
                break;
            }
        }

        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        await _client.StopAsync(id, Ct);

        var over = await Assert.ThrowsAsync<ChannelWriteException>(() => WriteUntilOverAsync());
        Assert.Equal(InputOutcome.SessionOver, over.Outcome);
        Assert.Contains("has ended or is stopped", over.Message, StringComparison.Ordinal);
        Assert.InRange(written, 200, 10_000);

        async Task WriteOnAsync()
        {
            while (true)
            {
                await input.WriteAsync([.. Enumerable.Range(written, 50).Select(Item)], enough.Token);
                written += 50;
            }
        }

        async Task WriteUntilOverAsync()
        {
            while (true)
            {
                await input.WriteAsync(Item(0), Ct);
            }
        }
    }

    [Fact]
    public async Task A_silent_writer_keeps_its_channel_open_for_longer_than_one_that_was_let_go()
    {
        var spec = Live(channel => channel with { WriterTimeout = TimeSpan.FromSeconds(1) }, "reader");
        var (kept, left) = (await _client.SubmitAsync(spec, cancellationToken: Ct), await _client.SubmitAsync(spec, cancellationToken: Ct));
        ChannelOpening often = new() { KeepAlive = TimeSpan.FromSeconds(0.2) };
        await using var input = await OpenAsync(kept, "in", often);
        var forgotten = await OpenAsync(left, "in", often);
        await forgotten.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => forgotten.WriteAsync(Item(0), Ct));

        Assert.Equal(SessionStatus.Finished, (await _client.WaitAsync(left, Ct))?.Status);

        await input.WriteAsync(Item(0), Ct);
        await input.EndAsync(Ct);
        Assert.Equal([Text(0)], await ReadAllAsync(kept, "result-reader"));
    }

    [Fact]
    public async Task A_writer_that_gave_a_call_up_is_there_all_the_same()
    {
        static ChannelSpec Failing(ChannelSpec channel) => channel with { WriterTimeout = TimeSpan.FromSeconds(1), OnWriterLost = WriterLostPolicy.Fail };
        var spec = Live(Failing, "fast");
        var id = await _client.SubmitAsync(spec with { Nodes = [.. spec.Nodes, Node("slow", "holding", [("In", "in")])] }, cancellationToken: Ct);
        await using var input = await OpenAsync(id, "in", new() { KeepAlive = TimeSpan.FromSeconds(0.1) });
        using CancellationTokenSource enough = new();
        var writing = WriteOnAsync();

        // For longer than it is silent it waits for room, and then for longer than its channel waits it is silent.
        await LostAsync();
        await LostAsync();
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        await LostAsync();
        await LostAsync();

        Assert.Equal(SessionStatus.Processing, (await _client.FindAsync(id, Ct))?.Status);
        await _client.StopAsync(id, Ct);

        async Task WriteOnAsync()
        {
            while (true)
            {
                await input.WriteAsync([.. Enumerable.Range(0, 50).Select(Item)], enough.Token);
            }
        }

        async Task LostAsync() =>
            Assert.Equal(SessionStatus.Failed, (await _client.WaitAsync(await _client.SubmitAsync(Live(Failing, "reader"), cancellationToken: Ct), Ct))?.Status);
    }

    [Fact]
    public async Task Another_goes_on_for_a_writer_and_one_that_takes_its_name_is_told()
    {
        var id = await _client.SubmitAsync(Live("reader"), cancellationToken: Ct);
        await using var first = await OpenAsync(id, "in", new() { Writer = "w" });
        await first.WriteAsync([Item(0), Item(1)], Ct);

        await using var second = await OpenAsync(id, "in", new() { Writer = first.Writer, Sequence = first.Sequence });
        await second.WriteAsync([Item(2)], Ct);
        await using var thief = await OpenAsync(id, "in", new() { Writer = "w" });
        var taken = await Assert.ThrowsAsync<ChannelWriteException>(() => thief.WriteAsync(Item(9), Ct));

        Assert.Equal((InputOutcome.Taken, 3L), (taken.Outcome, taken.NextSequence));
        Assert.Contains("another wrote as 'w' before", taken.Message, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<ChannelWriteException>(() => second.WriteAsync(Payload.Inline(ChannelType.Image, "image/png", new byte[1]), Ct));
        Assert.Equal(InputOutcome.Refused, refused.Outcome);
        await second.EndAsync(Ct);
        Assert.Equal(["0", "1", "2"], await ReadAllAsync(id, "result-reader"));

        // Its session ends with it.
        Assert.True((await Assert.ThrowsAsync<ChannelWriteException>(() => second.WriteAsync(Item(3), Ct))).Outcome is InputOutcome.Ended or InputOutcome.SessionOver);
    }

    [Fact]
    public async Task What_others_write_to_a_channel_is_read_by_whoever_opens_it()
    {
        var id = await _client.SubmitAsync(Live("reader"), cancellationToken: Ct);
        await using var input = await OpenAsync(id, "in");
        await using var other = await OpenAsync(id, "in");
        await using var read = other.ReadAsync(Ct).GetAsyncEnumerator(Ct);
        var first = read.MoveNextAsync();

        for (var next = 0; !first.IsCompleted; next++)
        {
            // The first may be written before the other one hears of anything.
            await input.WriteAsync(Item(next), Ct);
            await Task.Yield();
        }

        Assert.True(await first);
        Assert.Equal(Text((int)read.Current.Offset), TextOf(read.Current));
        await _client.StopAsync(id, Ct);
    }

    [Fact]
    public async Task What_cannot_be_opened_is_told_with_the_remedy()
    {
        var id = await _client.SubmitAsync(Live("reader"), cancellationToken: Ct);

        Assert.Null(await _client.OpenChannelAsync(SessionIds.Create(), "in", cancellationToken: Ct));
        Assert.Null(await _client.OnBehalfOf(new() { Tenant = "others" }).OpenChannelAsync(id, "in", cancellationToken: Ct));
        var none = await Assert.ThrowsAsync<BlueEdgeException>(() => _client.OpenChannelAsync(id, "other", cancellationToken: Ct));
        Assert.Contains("external: \"in\"", none.Message, StringComparison.Ordinal);
        await using var output = await OpenAsync(id, "result-reader");
        Assert.Equal(InputOutcome.Unknown, (await Assert.ThrowsAsync<ChannelWriteException>(() => output.WriteAsync(Item(0), Ct))).Outcome);
        await _client.StopAsync(id, Ct);
    }

    [Fact]
    public async Task A_channel_that_is_not_kept_is_read_as_it_is_written()
    {
        var id = await _client.SubmitAsync(Heard(), cancellationToken: Ct);
        await using var input = await OpenAsync(id, "in");
        await using var output = await OpenAsync(id, "result-reader");
        Assert.False(output.CanWrite);

        await using var read = output.ReadAsync(Ct).GetAsyncEnumerator(Ct);
        for (var i = 0; i < 20; i++)
        {
            await input.WriteAsync(Item(i), Ct);
            Assert.True(await read.MoveNextAsync());
            Assert.Equal((1, i, Text(i)), (read.Current.Epoch, read.Current.Offset, TextOf(read.Current)));
        }

        await input.EndAsync(Ct);
        Assert.False(await read.MoveNextAsync());
        Assert.Equal(SessionStatus.Finished, (await _client.WaitAsync(id, Ct))?.Status);
    }

    [Fact]
    public async Task Who_reads_one_that_is_not_kept_too_late_sees_by_the_first_offset_how_much_is_missing()
    {
        const int Items = 300;
        var id = await _client.SubmitAsync(Heard(), cancellationToken: Ct);
        await using var input = await OpenAsync(id, "in");
        await using var output = await OpenAsync(id, "result-reader");
        await input.WriteAsync([.. Enumerable.Range(0, Items).Select(Item)], Ct);
        Assert.True(await output.ReadAsync(Ct).AnyAsync(item => item.Offset == Items - 1, Ct));

        await input.EndAsync(Ct);
        var late = await output.ReadAsync(Ct).Select(item => (item.Offset, TextOf(item))).ToListAsync(Ct);

        Assert.Equal(Enumerable.Range(Items - new TapOptions().Items, new TapOptions().Items).Select(number => ((long)number, Text(number))), late);
    }

    /// <summary>What clients write is relayed to a channel that is not kept.</summary>
    private static SessionSpec Heard()
    {
        var spec = Live("reader");
        return spec with
        {
            Channels = [.. spec.Channels.Select(channel => channel.Name == "result-reader" ? channel with { Interested = false, External = ExternalDirection.Out } : channel)],
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Payload Item(int number) => Payload.Json(Encoding.UTF8.GetBytes(Text(number)));

    private static string TextOf(SessionResult result) => Encoding.UTF8.GetString(result.Payload.Bytes.Span);

    private async Task<ISessionChannel> OpenAsync(string session, string channel, ChannelOpening? opening = null) =>
        Assert.IsType<ISessionChannel>(await _client.OpenChannelAsync(session, channel, opening, Ct), exactMatch: false);

    private async Task<List<string>> ReadAllAsync(string session, string channel) =>
        await _client.ResultsAsync(session, channel, Ct).Select(TextOf).ToListAsync(Ct);
}
