using BlueEdge.Channels;
using BlueEdge.Sessions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>Start data as a writer like any other.</summary>
public sealed class StartDataTests(Cluster cluster)
{
    private readonly ISessionGrain _session = cluster.NewSession();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_reader_gets_all_of_them_in_order_however_many_there_are()
    {
        const int Count = 5_000;
        var numbers = Enumerable.Range(0, Count).ToList();
        await SubmitAsync(Session(
            [Node("left", "relay", [("In", "numbers")], ("Out", "result-left")), Node("right", "relay", [("In", "numbers")], ("Out", "result-right"))],
            [.. numbers.Select(number => ("numbers", (object)number))]));

        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(_session)).Status);

        Assert.Equal(numbers, (await ReadAsync(_session, "result-left")).Select(int.Parse));
        Assert.Equal(numbers, (await ReadAsync(_session, "result-right")).Select(int.Parse));
    }

    [Fact]
    public async Task Those_of_a_channel_that_delivers_the_latest_are_dropped_and_counted_up_to_the_last()
    {
        const int Count = 2_000;
        var spec = Session([Node("viewer", "relay", [("In", "live")], ("Out", "result"))], [.. Enumerable.Range(0, Count).Select(number => ("live", (object)number))]);
        await SubmitAsync(spec with { Channels = [.. spec.Channels.Select(channel => channel.Name == "live" ? channel with { Delivery = DeliveryMode.Latest } : channel)] });

        var ended = await Cluster.EndAsync(_session);

        var seen = (await ReadAsync(_session, "result")).Select(int.Parse).ToList();
        Assert.Equal(seen.Order().Distinct(), seen);
        Assert.Equal(Count - 1, seen[^1]);
        Assert.Equal((seen.Count, Count - seen.Count), (ended.Nodes[0].ItemsRead, ended.Nodes[0].ItemsDropped));
    }

    private async Task SubmitAsync(SessionSpec spec) =>
        Assert.Equal(SubmitOutcome.Accepted, (await _session.SubmitAsync(spec, fingerprint: null, Ct)).Outcome);
}
