using BlueEdge.Grains.Results;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Results;

public sealed class ExpectedResultsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Two nodes write to the first channel, which has start data too; one writes to the second, and nobody to the third.</summary>
    private static SessionSpec Spec { get; } = Session(
        [
            Node("one", "relay", [("In", "result-idle")], ("Out", "result-both")),
            Node("two", "relay", [("In", "result-idle")], ("Out", "result-both"), ("Status", "result-alone")),
        ],
        ("result-both", 1));

    [Fact]
    public void Start_data_and_what_all_writers_stored_are_expected() => Assert.Equal(
        [new StoredItems("result-both", 6), new StoredItems("result-alone", 7)],
        Of(Ended("one", new StoredItems("result-both", 2)), Ended("two", new("result-both", 3), new("result-alone", 7))));

    [Fact]
    public void A_channel_with_a_writer_that_did_not_say_is_not_looked_at() => Assert.Equal(
        [new StoredItems("result-alone", 7)],
        Of(Ended("one"), Ended("two", new("result-both", 3), new("result-alone", 7)), isSilent: true));

    [Fact]
    public void Results_that_are_lost_in_the_very_write_in_which_all_became_ready_fail_the_attempt()
    {
        var queuing = Queuing();
        var ended = queuing.Report(Spec, Ended("one"), Noon).Report(Spec, Ended("two"), Noon);
        Assert.Equal(SessionStatus.Queuing, ended.Status);

        var lost = ended.LoseResults("lost", Noon).Settle(Spec, Noon);

        Assert.Equal((SessionStatus.Failed, "lost"), (lost.Status, lost.Reason));
    }

    private static SessionState Queuing() => SessionTransitions.Create(new(Spec), Noon)
        .Grant(Spec, new() { SessionId = "s", Epoch = 1, Leases = [.. Spec.Nodes.Select(node => new Lease { Engine = node.Engine, Instance = "here" })] }, Noon);

    private static SubSessionReport Ended(string node, params StoredItems[] stored) =>
        new() { Node = node, Epoch = 1, Status = SubSessionStatus.Finished, Stored = [.. stored] };

    private static IEnumerable<StoredItems> Of(SubSessionReport one, SubSessionReport two, bool isSilent = false) => ExpectedResults.Of(
        Spec, Queuing().Report(Spec, isSilent ? one with { Stored = null } : one, Noon).Report(Spec, two, Noon));
}
