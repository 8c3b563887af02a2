using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BlueEdge.Calls;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Channels.Taps;
using BlueEdge.Sessions;
using Orleans.Core.Internal;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Channels.Taps;

/// <summary>Listening to channels that clients write.</summary>
public sealed class InputTapTests(Cluster cluster)
{
    private readonly ISessionGrain _session = cluster.NewSession();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IChannelInputGrain Input => cluster.Grains.Find<IChannelInputGrain>(Key.ToString());

    private IChannelTapGrain Tap => cluster.Grains.Find<IChannelTapGrain>(Key.ToString());

    private ChannelKey Key => new(_session.GetPrimaryKeyString(), "in");

    [Fact]
    public async Task Who_comes_first_hears_every_item_that_clients_write_to_the_channels_end()
    {
        await SubmitAsync(isRecorded: false);
        await Listener.AttachedAsync();
        var hearing = Listener.HearAsync(0, 0);

        await WriteAsync(0, 50);
        await WriteAsync(50, 120);
        await EndAsync();

        var heard = await hearing;
        Assert.Equal(Texts(0, 120), heard.Items);
        Assert.Equal(0, heard.Missed);
        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(_session)).Status);
    }

    [Fact]
    public async Task What_was_written_before_the_engines_were_ready_is_heard_as_well()
    {
        await SubmitAsync(isRecorded: false);
        await WriteAsync(0, 3);
        var heard = await Listener.HearAsync(0, 0, end: 3);

        Assert.Equal(3, heard.Items.Length + heard.Missed);
        await _session.StopAsync(Ct);
        await Cluster.EndAsync(_session);
    }

    [Fact]
    public async Task Who_comes_late_is_told_how_many_items_came_before()
    {
        await SubmitAsync(isRecorded: false);
        await WriteAsync(0, 7);
        await RelayedAsync(7);

        var first = await Listener.FollowAsync(0, 0);
        Assert.Equal((1, 7L, 7L, true), (first.Epoch, first.Offset, first.Missed, first.Items.IsEmpty));
        var hearing = Listener.HearAsync(1, 7);
        await WriteAsync(7, 12);
        await EndAsync();

        Assert.Equal(Texts(7, 12), (await hearing).Items);
    }

    [Fact]
    public async Task Of_a_recorded_channel_every_item_is_heard_however_late_also_after_the_end()
    {
        await SubmitAsync(isRecorded: true);
        for (var first = 0; first < 1_500; first += 100)
        {
            await WriteAsync(first, first + 100);
        }

        await RelayedAsync(1_500);
        var late = await Listener.HearAsync(0, 0, end: 1_500);
        await EndAsync();
        await Cluster.EndAsync(_session);
        await Tap.AsReference<IGrainManagementExtension>().DeactivateOnIdle(Ct);

        Assert.Equal((0L, 1_500), (late.Missed, late.Items.Length));
        Assert.Equal(Texts(0, 1_500), late.Items);
        var heard = await Listener.HearAsync(0, 0);
        Assert.Equal(0, heard.Missed);
        Assert.Equal(Texts(0, 1_500), heard.Items);
        Assert.Equal("700", Encoding.UTF8.GetString((await Tap.ReadAsync(1, 700, Ct))!.Bytes.Span)); // It is kept.
    }

    [Fact]
    public async Task One_that_feeds_the_engines_anew_is_heard_again_and_what_was_missed_is_counted()
    {
        await SubmitAsync(isRecorded: false);
        await Listener.AttachedAsync();
        await WriteAsync(0, 5);
        await Listener.HearAsync(0, 0, end: 5);

        await Input.AsReference<IGrainManagementExtension>().DeactivateOnIdle(Ct);
        await WriteAsync(5, 10);
        var hearing = Listener.HearAsync(1, 5);
        for (var next = 10; next < 40 && !await HearsAsync(5); next++)
        {
            await WriteAsync(next, next + 1);
        }

        await EndAsync();
        var heard = await hearing;
        Assert.Equal(Texts(5 + (int)heard.Missed, (int)heard.Next), heard.Items);
        Assert.NotEmpty(heard.Items);
    }

    private static IEnumerable<string> Texts(int first, int end) => Enumerable.Range(first, end - first).Select(number => number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether the tap has an item behind a place, or comes to have one in a while.</summary>
    private async Task<bool> HearsAsync(long place) => await Tap.FollowAsync(1, place, TimeSpan.FromSeconds(1), Ct) is { Items.IsEmpty: false };

    private async Task SubmitAsync(bool isRecorded)
    {
        var spec = Session([Node("relay", "relay", [("In", "in")], ("Out", "result"))]);
        var result = await _session.SubmitAsync(
            spec with { Channels = [.. spec.Channels.Select(channel => channel.Name == "in" ? channel with { External = ExternalDirection.In, Record = isRecorded } : channel)] }, fingerprint: null, Ct);
        Assert.True(result.Outcome is SubmitOutcome.Accepted, string.Join('\n', result.Faults.Select(fault => $"{fault.Pointer} {fault.Message}")));
    }

    private async Task WriteAsync(int first, int end)
    {
        ImmutableArray<Payload> items = [.. Texts(first, end).Select(text => Payload.Json(Encoding.UTF8.GetBytes(text)))];
        while (await Input.WriteAsync(new() { Writer = "w", FirstSequence = first, Items = items }, Ct) is { Outcome: not InputOutcome.Taken } reply)
        {
            Assert.Equal(InputOutcome.NoRoom, reply.Outcome);
            await Task.Yield();
        }
    }

    private async Task EndAsync() => Assert.Equal(InputOutcome.Taken, (await Input.WriteAsync(new() { Writer = "w", Ends = true }, Ct)).Outcome);

    private TapListener Listener => new(Tap);

    /// <summary>Waits until the engine has so many.</summary>
    private async Task RelayedAsync(int items)
    {
        for (var stored = 0L; stored < items;)
        {
            var batch = await _session.FollowResultsAsync("result", 1, stored, LongPoll.LongestTurn, Ct);
            stored = batch!.Offset + batch.Items.Length; // The session is there.
        }
    }
}
