using System.Globalization;
using System.Text;
using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Sessions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Channels.Inputs;

/// <summary>Clients that write to channels of sessions that run.</summary>
public sealed class ChannelInputTests(Cluster cluster)
{
    private readonly ISessionGrain _session = cluster.NewSession();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IChannelInputGrain Input => InputOf(_session);

    [Fact]
    public async Task What_clients_write_reaches_every_reader_in_each_writers_order_and_the_end_ends_the_session()
    {
        const int Writers = 5;
        const int Each = 60;
        await SubmitAsync(Live("left", "right"));
        await Cluster.ReachAsync(_session, SessionStatus.Processing);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = 0; i < Each; i += 3)
            {
                await TakenAsync($"w{writer}", i, i + 3);
            }
        }));
        await EndAsync();

        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(_session)).Status);
        foreach (var reader in new[] { "left", "right" })
        {
            var read = await ReadAsync(_session, $"result-{reader}");
            Assert.Equal(Writers * Each, read.Length);
            Assert.All(Enumerable.Range(0, Writers), writer => Assert.Equal(
                Enumerable.Range(0, Each).Select(i => Text($"w{writer}", i)),
                read.Where(item => item.StartsWith($"\"w{writer}:", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task What_is_written_before_the_engines_are_ready_waits_for_them()
    {
        await SubmitAsync(Live("reader"));
        await TakenAsync("w", 0, 10);
        await EndAsync();

        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(_session)).Status);
        Assert.Equal(Texts("w", 10), await ReadAsync(_session, "result-reader"));
    }

    [Fact]
    public async Task What_is_sent_again_is_acknowledged_and_not_written_again()
    {
        await SubmitAsync(Live("reader"));
        await TakenAsync("w", 0, 4);

        Assert.Equal((InputOutcome.Taken, 4L), Parts(await WriteAsync("w", 0, 4)));
        Assert.Equal((InputOutcome.Taken, 6L), Parts(await WriteAsync("w", 2, 6)));
        Assert.Equal((InputOutcome.Gap, 6L), Parts(await WriteAsync("w", 7, 8)));
        await EndAsync();
        Assert.Equal((InputOutcome.Taken, 6L), Parts(await WriteAsync("w", 2, 6)));
        Assert.True((await WriteAsync("w", 6, 7)).Outcome is InputOutcome.Ended or InputOutcome.SessionOver); // The session may have ended meanwhile.

        await Cluster.EndAsync(_session);
        Assert.Equal(Texts("w", 6), await ReadAsync(_session, "result-reader"));
    }

    [Fact]
    public async Task A_writer_that_lost_the_last_answer_is_told_after_the_sessions_end_that_all_was_taken()
    {
        await SubmitAsync(Live("reader"));
        var last = new InputWrite { Writer = "w", Items = [Payload.Json("1"u8.ToArray())], Ends = true };
        Assert.Equal((InputOutcome.Taken, 1L), Parts(await Input.WriteAsync(last, Ct)));
        await Cluster.EndAsync(_session);

        Assert.Equal((InputOutcome.Taken, 1L), Parts(await Input.WriteAsync(last, Ct)));
        await EndAsync();

        Assert.Equal((InputOutcome.SessionOver, 1L), Parts(await WriteAsync("w", 1, 2)));
        Assert.Equal(InputOutcome.SessionOver, (await WriteAsync("another", 0, 1)).Outcome);
        Assert.Equal(InputOutcome.SessionOver, (await Input.WriteAsync(last with { Writer = null }, Ct)).Outcome);
    }

    [Fact]
    public async Task A_stopped_session_has_no_end_that_a_writer_did_not_write()
    {
        await SubmitAsync(Live("reader"));
        await TakenAsync("w", 0, 1);
        await _session.StopAsync(Ct);
        await Cluster.EndAsync(_session);

        Assert.Equal((InputOutcome.Taken, 1L), Parts(await WriteAsync("w", 0, 1)));
        Assert.Equal(InputOutcome.SessionOver, (await Input.WriteAsync(new() { Writer = "w", Ends = true }, Ct)).Outcome);
    }

    [Fact]
    public async Task A_slow_reader_leaves_writers_without_room_until_it_has_read()
    {
        var spec = Live("fast");
        await SubmitAsync(spec with { Nodes = [.. spec.Nodes, Node("slow", "holding", [("In", "in")])] });
        await Cluster.ReachAsync(_session, SessionStatus.Processing);

        var taken = 0;
        while ((await WriteAsync("w", taken, taken + 100)).Outcome is InputOutcome.Taken)
        {
            taken += 100;
            Assert.InRange(taken, 0, 10_000);
        }

        Assert.Equal((InputOutcome.NoRoom, (long)taken), Parts(await WriteAsync("w", taken, taken + 1)));
        Assert.Equal((InputOutcome.Taken, (long)taken), Parts(await WriteAsync("w", 0, 1)));
        await _session.StopAsync(Ct);
        await Cluster.EndAsync(_session);
    }

    [Fact]
    public async Task What_all_engines_have_is_let_go_unless_it_is_recorded()
    {
        await SubmitAsync(Live("reader"));
        await Cluster.ReachAsync(_session, SessionStatus.Processing);
        var logs = cluster.Get<BlueEdge.Grains.Channels.Inputs.IInputLogStore>();
        for (var i = 0; i < 2_000; i += 50)
        {
            while ((await WriteAsync("w", i, i + 50)).Outcome is InputOutcome.NoRoom)
            {
                await Task.Yield();
            }
        }

        var page = await logs.ReadAsync(_session.GetPrimaryKeyString(), "in", 0, 10_000, int.MaxValue);
        Assert.InRange(page.Offset, 1, 2_000);
        await EndAsync();
        await Cluster.EndAsync(_session);
        Assert.Equal(Texts("w", 2_000), await ReadAsync(_session, "result-reader"));
    }

    [Fact]
    public async Task Another_attempt_gets_all_of_what_was_recorded_again()
    {
        var spec = Live("reader");
        var control = Session([Node("flaky", "flaky", [("Control", "control")])], ("control", 2));
        await SubmitAsync(spec with
        {
            Nodes = [.. spec.Nodes, .. control.Nodes],
            Channels = [.. spec.Channels.Select(channel => channel.Name == "in" ? channel with { Record = true } : channel), .. control.Channels],
            StartData = control.StartData,
            Retry = new() { Attempts = 1 },
        });
        await TakenAsync("w", 0, 20);
        await Cluster.ReachAsync(_session, SessionStatus.Processing);
        await EndAsync();

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal((SessionStatus.Finished, 2), (ended.Status, ended.Epoch));
        Assert.Equal(Texts("w", 20), await ReadAsync(_session, "result-reader"));
    }

    [Fact]
    public async Task An_input_ends_once_its_writers_are_lost()
    {
        await SubmitAsync(Live(channel => channel with { WriterTimeout = TimeSpan.FromSeconds(1) }, "reader"));
        await TakenAsync("w", 0, 3);

        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(_session)).Status);
        Assert.Equal(Texts("w", 3), await ReadAsync(_session, "result-reader"));
    }

    [Fact]
    public async Task A_writer_that_says_that_it_is_there_keeps_its_input_open_for_longer_than_a_silent_ones_is()
    {
        var (spec, silent) = (Live(channel => channel with { WriterTimeout = TimeSpan.FromSeconds(1) }, "reader"), cluster.NewSession());
        await SubmitAsync(spec);
        await Cluster.ReachAsync(_session, SessionStatus.Processing);
        await silent.SubmitAsync(spec, fingerprint: null, Ct);

        for (var end = Cluster.EndAsync(silent); !end.IsCompleted;)
        {
            Assert.Equal((InputOutcome.Taken, 0L), Parts(await WriteAsync("w", 0, 0)));
        }

        await TakenAsync("w", 0, 2);
        await EndAsync();
        await Cluster.EndAsync(_session);
        Assert.Equal(Texts("w", 2), await ReadAsync(_session, "result-reader"));
    }

    [Fact]
    public async Task A_session_fails_once_its_writers_are_lost_where_it_says_so()
    {
        await SubmitAsync(Live(channel => channel with { WriterTimeout = TimeSpan.FromSeconds(1), OnWriterLost = WriterLostPolicy.Fail }, "reader"));

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal(SessionStatus.Failed, ended.Status);
        Assert.Contains("Nobody wrote to channel 'in' for 1 s", ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_session_is_stopped_a_hundred_writers_hear_of_it()
    {
        await SubmitAsync(Live("reader"));
        await Cluster.ReachAsync(_session, SessionStatus.Processing);
        var writing = Enumerable.Range(0, 100).Select(async writer =>
        {
            for (var i = 0; ; i++)
            {
                if ((await WriteAsync($"w{writer}", i, i + 1)).Outcome is InputOutcome.SessionOver)
                {
                    return;
                }
            }
        }).ToList();

        await _session.StopAsync(Ct);

        await Task.WhenAll(writing).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, Ct);
        Assert.Equal(SessionStatus.Canceled, (await Cluster.EndAsync(_session)).Status);
        Assert.Equal(InputOutcome.SessionOver, (await WriteAsync("late", 0, 1)).Outcome);
    }

    [Fact]
    public async Task What_is_kept_as_results_is_kept_of_what_clients_write_too()
    {
        await SubmitAsync(Live(channel => channel with { Interested = true }, "reader"));
        await TakenAsync("w", 0, 5);
        await EndAsync();

        await Cluster.EndAsync(_session);

        Assert.Equal(Texts("w", 5), await ReadAsync(_session, "in"));
    }

    [Fact]
    public async Task Other_tenants_and_other_channels_are_told_of_none()
    {
        await SubmitAsync(Live("reader"));

        Assert.Null(await InputOf(_session, "result-reader").FindAsync(Ct));
        Assert.Null(await InputOf(cluster.NewSession()).FindAsync(Ct));
        Assert.Equal(ChannelType.Json, (await Input.FindAsync(Ct))?.Type);
        try
        {
            CallerContext.Enter(new() { Tenant = "others" });
            Assert.Null(await Input.FindAsync(Ct));
            Assert.Equal(InputOutcome.Unknown, (await WriteAsync("w", 0, 1)).Outcome);
        }
        finally
        {
            CallerContext.Enter(Caller.Default);
        }

        await _session.StopAsync(Ct);
    }

    [Fact]
    public async Task What_the_channel_does_not_take_is_refused_with_why()
    {
        await SubmitAsync(Live("reader"));

        await RefusedAsync(new() { Items = [Payload.Inline(ChannelType.Image, "image/png", new byte[] { 1 })] }, "The item is Image");
        await RefusedAsync(new() { Items = [Payload.Json("{\"blob\":\"blob-0007a4d3019abf000000000000000000-dGV4dC9wbGFpbg\"}"u8.ToArray())] }, "blob");
        await RefusedAsync(new() { Writer = new('w', 65) }, "1 to 64 characters");
        await RefusedAsync(new() { FirstSequence = -1, Writer = "w" }, "0 or more");
        await _session.StopAsync(Ct);
    }

    private static string Text(string writer, int number) => string.Create(CultureInfo.InvariantCulture, $"\"{writer}:{number}\"");

    private static IEnumerable<string> Texts(string writer, int count) => Enumerable.Range(0, count).Select(i => Text(writer, i));

    private static (InputOutcome Outcome, long Next) Parts(InputReply reply) => (reply.Outcome, reply.NextSequence);

    private IChannelInputGrain InputOf(ISessionGrain session, string channel = "in") =>
        cluster.Grains.Find<IChannelInputGrain>(new ChannelKey(session.GetPrimaryKeyString(), channel).ToString());

    private Task<InputReply> WriteAsync(string writer, int first, int end) => Input.WriteAsync(
        new() { Writer = writer, FirstSequence = first, Items = [.. Enumerable.Range(first, end - first).Select(i => Payload.Json(Encoding.UTF8.GetBytes(Text(writer, i))))] }, Ct);

    private async Task TakenAsync(string writer, int first, int end)
    {
        InputReply reply;
        while ((reply = await WriteAsync(writer, first, end)).Outcome is InputOutcome.NoRoom)
        {
            await Task.Yield();
        }

        Assert.Equal((InputOutcome.Taken, (long)end), Parts(reply));
    }

    private async Task EndAsync() => Assert.Equal(InputOutcome.Taken, (await Input.WriteAsync(new() { Writer = "w", Ends = true }, Ct)).Outcome);

    private async Task RefusedAsync(InputWrite write, string why)
    {
        var reply = await Input.WriteAsync(write, Ct);
        Assert.Equal(InputOutcome.Refused, reply.Outcome);
        Assert.Contains(why, reply.Reason, StringComparison.Ordinal);
    }

    private async Task SubmitAsync(SessionSpec spec)
    {
        var result = await _session.SubmitAsync(spec, fingerprint: null, Ct);
        Assert.True(result.Outcome is SubmitOutcome.Accepted, string.Join('\n', result.Faults.Select(fault => $"{fault.Pointer} {fault.Message}")));
    }
}
