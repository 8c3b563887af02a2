using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Channels.Taps;
using BlueEdge.Sessions;
using Orleans.Core.Internal;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Channels.Taps;

/// <summary>Listening to channels that are not kept, while real engines run.</summary>
public sealed class ChannelTapTests(Cluster cluster)
{
    private readonly ISessionGrain _session = cluster.NewSession();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IChannelTapGrain Tap => TapOf("middle");

    [Fact]
    public async Task Who_comes_before_the_engines_hears_every_item_in_order_to_the_end()
    {
        await SubmitAsync(Live());
        await Listener.AttachedAsync();
        var hearing = Listener.HearAsync(0, 0);

        await WriteAsync(0, 50);
        await EndAsync();

        var heard = await hearing;
        Assert.Equal(Texts(0, 50), heard.Items);
        Assert.Equal((0L, true), (heard.Missed, heard.IsCounted));
        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(_session)).Status);
    }

    [Fact]
    public async Task Who_comes_in_the_middle_is_told_how_many_items_came_before_and_hears_what_follows()
    {
        await SubmitAsync(Live());
        await WriteAsync(0, 7);
        await WrittenAsync(7);
        var first = await Listener.FollowAsync(0, 0);
        Assert.Equal((1, 7L, 7L, true), (first.Epoch, first.Offset, first.Missed, first.Items.IsEmpty));

        var hearing = Listener.HearAsync(1, 7);
        await WriteAsync(7, 12);
        await EndAsync();

        var heard = await hearing;
        Assert.Equal(Texts(7, 12), heard.Items);
        Assert.Equal(0, heard.Missed);
    }

    [Fact]
    public async Task A_channel_that_clients_are_to_listen_to_has_its_newest_items_for_who_comes_late_also_after_the_end()
    {
        await SubmitAsync(Live(ExternalDirection.Out));
        await WriteAsync(0, 300);
        await EndAsync();
        await Cluster.EndAsync(_session);

        var heard = await Listener.HearAsync(0, 0);

        Assert.Equal(44, heard.Missed);
        Assert.Equal(Texts(44, 300), heard.Items);
    }

    [Fact]
    public async Task Any_number_of_listeners_hear_the_same_wherever_each_begins()
    {
        await SubmitAsync(Live(ExternalDirection.Out));
        await WriteAsync(0, 100);
        await EndAsync();
        await Cluster.EndAsync(_session);

        var heard = await Task.WhenAll(Enumerable.Range(0, 20).Select(place => Listener.HearAsync(1, place)));

        Assert.All(heard.Index(), one => Assert.Equal(Texts(one.Index, 100), one.Item.Items));
    }

    [Fact]
    public async Task A_tap_that_is_lost_is_followed_by_another_that_goes_on_with_the_same_numbers()
    {
        await SubmitAsync(Live());
        await Listener.AttachedAsync();
        await WriteAsync(0, 5);
        await WrittenAsync(5);
        var before = (await Listener.HearAsync(0, 0, end: 5)).Next;

        await Tap.AsReference<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        await WriteAsync(5, 10);
        await EndAsync();
        var after = await Listener.HearAsync(1, before);

        // What the former one still took is told by its count.
        Assert.Equal(Texts(5 + (int)after.Missed, 10), after.Items);
        Assert.True(after.IsCounted);
    }

    [Fact]
    public async Task Another_attempt_is_told_by_its_number_and_heard_from_its_first_item_on()
    {
        var spec = Session([Node("flaky", "flaky", [("Control", "control")], ("Out", "middle"))], ("control", 3));
        await SubmitAsync(Listened(spec) with { Retry = new() { Attempts = 2 } });

        var heard = await Listener.HearAsync(0, 0);

        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(_session)).Status);
        Assert.Equal((3, "3"), (heard.Epoch, heard.Items[^1]));
    }

    [Fact]
    public async Task Items_of_several_writers_are_heard_each_once_and_in_each_ones_order()
    {
        var spec = Live();
        await SubmitAsync(spec with { Nodes = [.. spec.Nodes, Node("other", "relay", [("In", "in")], ("Out", "middle"))] });
        await Listener.AttachedAsync();
        var hearing = Listener.HearAsync(0, 0);

        await WriteAsync(0, 60);
        await EndAsync();

        var heard = await hearing;
        Assert.Equal((120, 0L), (heard.Items.Length, heard.Missed));
        Assert.Equal(Texts(0, 60).Order(StringComparer.Ordinal), heard.Items.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Start_data_are_heard_like_what_engines_write()
    {
        await SubmitAsync(Session([Node("relay", "relay", [("In", "middle")], ("Out", "result"))], ("middle", 1), ("middle", 2)));

        Assert.Equal(["1", "2"], (await Listener.HearAsync(0, 0)).Items);
    }

    [Fact]
    public async Task A_session_that_is_stopped_or_never_ran_ends_what_is_heard()
    {
        await SubmitAsync(Live());
        var hearing = Listener.HearAsync(0, 0);

        await _session.StopAsync(Ct);

        Assert.Empty((await hearing).Items);
        Assert.Equal(SessionStatus.Canceled, (await Cluster.EndAsync(_session)).Status);
    }

    [Fact]
    public async Task A_single_item_is_read_by_its_place_in_its_attempt()
    {
        await SubmitAsync(Live(ExternalDirection.Out));
        await WriteAsync(0, 3);
        await EndAsync();
        await Listener.HearAsync(0, 0);

        Assert.Equal(Text(2), Encoding.UTF8.GetString((await Tap.ReadAsync(1, 2, Ct))!.Bytes.Span)); // Just heard.
        Assert.Null(await Tap.ReadAsync(1, 3, Ct));
        Assert.Null(await Tap.ReadAsync(2, 2, Ct));
    }

    [Fact]
    public async Task Others_tenants_and_channels_that_are_kept_have_no_tap()
    {
        await SubmitAsync(Live());

        foreach (var tap in new[] { TapOf("result"), TapOf("other"), cluster.Grains.Find<IChannelTapGrain>(new ChannelKey(SessionIds.Create(), "middle").ToString()) })
        {
            Assert.Null(await tap.FollowAsync(0, 0, TimeSpan.Zero, Ct));
        }

        try
        {
            CallerContext.Enter(new() { Tenant = "others" });
            Assert.Null(await Tap.FollowAsync(0, 0, TimeSpan.Zero, Ct));
            Assert.Null(await Tap.ReadAsync(1, 0, Ct));
        }
        finally
        {
            CallerContext.Enter(Caller.Default);
        }

        await _session.StopAsync(Ct);
    }

    /// <summary>What clients write is relayed to the channel that is listened to, and from there to a result.</summary>
    private static SessionSpec Live(ExternalDirection direction = ExternalDirection.None)
    {
        var spec = Session([Node("first", "relay", [("In", "in")], ("Out", "middle")), Node("second", "relay", [("In", "middle")], ("Out", "result"))]);
        return spec with
        {
            Channels =
            [
                .. spec.Channels.Select(channel => channel.Name switch
                {
                    "in" => channel with { External = ExternalDirection.In },
                    "middle" => channel with { External = direction },
                    _ => channel,
                }),
            ],
        };
    }

    private static SessionSpec Listened(SessionSpec spec) => spec with
    {
        Channels = [.. spec.Channels.Select(channel => channel.Name == "middle" ? channel with { External = ExternalDirection.Out } : channel)],
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Texts(int first, int end) => Enumerable.Range(first, end - first).Select(Text);

    private IChannelTapGrain TapOf(string channel) => cluster.Grains.Find<IChannelTapGrain>(new ChannelKey(_session.GetPrimaryKeyString(), channel).ToString());

    private async Task SubmitAsync(SessionSpec spec)
    {
        var result = await _session.SubmitAsync(spec, fingerprint: null, Ct);
        Assert.True(result.Outcome is SubmitOutcome.Accepted, string.Join('\n', result.Faults.Select(fault => $"{fault.Pointer} {fault.Message}")));
    }

    private async Task WriteAsync(int first, int end)
    {
        ImmutableArray<Payload> items = [.. Texts(first, end).Select(text => Payload.Json(Encoding.UTF8.GetBytes(text)))];
        Assert.Equal(InputOutcome.Taken, (await Input.WriteAsync(new() { Writer = "w", FirstSequence = first, Items = items }, Ct)).Outcome);
    }

    private async Task EndAsync() => Assert.Equal(InputOutcome.Taken, (await Input.WriteAsync(new() { Writer = "w", Ends = true }, Ct)).Outcome);

    private IChannelInputGrain Input => cluster.Grains.Find<IChannelInputGrain>(new ChannelKey(_session.GetPrimaryKeyString(), "in").ToString());

    private TapListener Listener => new(Tap);

    /// <summary>Waits until so many items were relayed once more.</summary>
    private async Task WrittenAsync(int items)
    {
        for (var stored = 0L; stored < items;)
        {
            var batch = await _session.FollowResultsAsync("result", 1, stored, LongPoll.LongestTurn, Ct);
            stored = batch!.Offset + batch.Items.Length; // The session is there.
        }
    }
}
