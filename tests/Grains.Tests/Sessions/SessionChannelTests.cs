using BlueEdge.Channels;
using BlueEdge.Sessions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>What becomes of items between the nodes of a session.</summary>
public sealed class SessionChannelTests(Cluster cluster)
{
    private readonly ISessionGrain _session = cluster.NewSession();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    public async Task Items_keep_their_order_through_a_chain(int nodes)
    {
        await SubmitAsync(Chain(nodes, 1, 2, 3));

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal(SessionStatus.Finished, ended.Status);
        Assert.Equal(["1", "2", "3"], await ReadAsync(_session, "result"));
    }

    [Fact]
    public async Task Every_reader_of_a_channel_gets_every_item_in_order()
    {
        const int Count = 1_000;
        await SubmitAsync(Session(
            [
                Node("burst", "burst", [("Control", "control")], ("Out", "numbers")),
                Node("left", "relay", [("In", "numbers")], ("Out", "result-left")),
                Node("right", "relay", [("In", "numbers")], ("Out", "result-right")),
            ],
            ("control", Count)));

        await Cluster.EndAsync(_session);

        var expected = Enumerable.Range(0, Count).Select(i => $"{i}");
        Assert.Equal(expected, await ReadAsync(_session, "result-left"));
        Assert.Equal(expected, await ReadAsync(_session, "result-right"));
    }

    [Fact]
    public async Task Two_outputs_of_a_node_that_go_to_one_channel_lose_nothing()
    {
        await SubmitAsync(Session(
            [
                Node("two", "two-outputs", [("Control", "control")], ("Even", "result-all"), ("Odd", "result-all")),
                Node("reader", "relay", [("In", "result-all")], ("Out", "result-read")),
            ],
            ("control", 100)));

        await Cluster.EndAsync(_session);

        var expected = Enumerable.Range(0, 100).Select(i => $"{i}");
        Assert.Equal(expected, await ReadAsync(_session, "result-all"));
        Assert.Equal(expected, await ReadAsync(_session, "result-read"));
    }

    [Fact]
    public async Task A_channel_that_delivers_the_latest_drops_and_counts_what_its_reader_is_too_slow_for()
    {
        const int Count = 2_000;
        var spec = Session(
            [
                Node("burst", "burst", [("Control", "control")], ("Out", "live")),
                Node("viewer", "relay", [("In", "live")], ("Out", "result")),
            ],
            ("control", Count));

        await SubmitAsync(spec with { Channels = [.. spec.Channels.Select(channel => channel.Name == "live" ? channel with { Delivery = DeliveryMode.Latest } : channel)] });

        var ended = await Cluster.EndAsync(_session);
        var seen = (await ReadAsync(_session, "result")).Select(int.Parse).ToList();
        Assert.Equal(seen.Order().Distinct(), seen);
        Assert.Equal(Count - 1, seen[^1]);
        Assert.Equal((seen.Count, Count - seen.Count), (ended.Nodes[1].ItemsRead, ended.Nodes[1].ItemsDropped));
        Assert.Equal((1, Count, 0), (ended.Nodes[0].ItemsRead, ended.Nodes[0].ItemsWritten, ended.Nodes[0].ItemsDropped));
    }

    [Fact]
    public async Task An_engine_sees_the_port_and_the_writer_of_each_item()
    {
        await SubmitAsync(Session(
            [
                Node("left", "burst", [("Control", "control")], ("Out", "a")),
                Node("right", "burst", [("Control", "control")], ("Out", "b")),
                Node("both", "burst", [("Control", "control")], ("Out", "a")),
                Node("merge", "merge", [("A", "a"), ("B", "b")], ("Out", "result")),
            ],
            ("control", 50)));

        await Cluster.EndAsync(_session);

        var read = await ReadAsync(_session, "result");
        Assert.Equal(150, read.Length);
        foreach (var writer in new[] { "A:left", "B:right", "A:both" })
        {
            Assert.Equal(
                Enumerable.Range(0, 50).Select(i => $"\"{writer}:{i}\""),
                read.Where(item => item.StartsWith($"\"{writer}:", StringComparison.Ordinal)));
        }
    }

    private async Task SubmitAsync(SessionSpec spec)
    {
        var result = await _session.SubmitAsync(spec, null, Ct);
        Assert.True(result.Outcome is SubmitOutcome.Accepted, string.Join("; ", result.Faults));
    }
}
