using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>Nodes that callers read and stop, alone.</summary>
public sealed class SubSessionGrainTests(Cluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly ISessionGrain _session = cluster.NewSession();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string SessionId => _session.GetPrimaryKeyString();

    [Fact]
    public async Task A_session_goes_on_without_a_node_in_its_middle_with_what_that_has_written()
    {
        await SubmitAsync(GoingOn(
            [
                Node("first", "burst", [("Control", "control")], ("Out", "numbers")),
                Node("middle", "holding", [("In", "numbers")], ("Out", "held")),
                Node("last", "relay", [("In", "held")], ("Out", "result")),
            ],
            ("control", 20_000)));
        await WrittenAsync("result", 1);

        var stopped = await Of("middle").StopAsync(Ct);
        var ended = await Cluster.EndAsync(_session);

        Assert.Equal((SessionId, "middle", true), (stopped?.SessionId, stopped?.Node.Name, stopped?.Node.StopRequested));
        Assert.Equal((SessionStatus.Finished, null), (ended.Status, ended.Reason));
        Assert.Equal([SubSessionStatus.Finished, SubSessionStatus.Canceled, SubSessionStatus.Finished], ended.Nodes.Select(node => node.Status));
        Assert.Equal("A caller stopped it.", ended.Nodes[1].Error);
        Assert.Equal(["0"], await ReadAsync(_session, "result"));
    }

    [Fact]
    public async Task A_session_goes_on_without_its_first_node()
    {
        await SubmitAsync(GoingOn(
            [
                Node("first", "holding", [("In", "in")], ("Out", "result-first")),
                Node("last", "relay", [("In", "result-first")], ("Out", "result")),
            ],
            [.. Enumerable.Range(0, 2_000).Select(i => ("in", (object)i))]));
        await WrittenAsync("result", 1);

        await Of("first").StopAsync(Ct);

        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(_session)).Status);
        Assert.Equal(["0"], await ReadAsync(_session, "result-first"));
        Assert.Equal(["0"], await ReadAsync(_session, "result"));
    }

    [Fact]
    public async Task A_session_whose_nodes_are_all_stopped_is_canceled_and_keeps_its_results()
    {
        await SubmitAsync(GoingOn(
            [
                Node("left", "holding", [("In", "in")], ("Out", "result-left")),
                Node("right", "holding", [("In", "in")], ("Out", "result-right")),
            ],
            ("in", 1)));
        await WrittenAsync("result-left", 1);
        await WrittenAsync("result-right", 1);

        await Task.WhenAll(Of("left").StopAsync(Ct), Of("right").StopAsync(Ct), Of("left").StopAsync(Ct));
        var ended = await Cluster.EndAsync(_session);

        Assert.Equal((SessionStatus.Canceled, "A caller stopped all its nodes."), (ended.Status, ended.Reason));
        Assert.Equal(["1"], await ReadAsync(_session, "result-left"));
    }

    [Fact]
    public async Task A_node_that_ignores_its_stop_is_cut_off_and_its_readers_have_what_it_wrote()
    {
        await SubmitAsync(GoingOn(
            [
                Node("first", "holding", [("In", "in")], ("Out", "held")),
                Node("last", "relay", [("In", "held")], ("Out", "result")),
            ],
            ("in", "stubborn")));
        await WrittenAsync("result", 1);

        await Of("first").StopAsync(Ct);
        var ended = await Cluster.EndAsync(_session);

        Assert.Equal(SessionStatus.Finished, ended.Status);
        Assert.Equal([SubSessionStatus.Canceled, SubSessionStatus.Finished], ended.Nodes.Select(node => node.Status));
        Assert.Equal(["\"stubborn\""], await ReadAsync(_session, "result"));
    }

    [Fact]
    public async Task A_session_fails_with_its_node_where_it_says_nothing_else()
    {
        var spec = GoingOn([Node("first", "holding", [("In", "in")], ("Out", "held")), Node("last", "relay", [("In", "held")], ("Out", "result"))], ("in", 1));
        await SubmitAsync(spec with { OnNodeStopped = default, Retry = new() { Attempts = 3 } });
        await WrittenAsync("result", 1);

        await Of("first").StopAsync(Ct);
        var ended = await Cluster.EndAsync(_session);

        Assert.Equal((SessionStatus.Failed, 1), (ended.Status, ended.Epoch));
        Assert.Contains("node 'first'", ended.Reason, StringComparison.Ordinal);
        Assert.All(ended.Nodes, node => Assert.Equal(SubSessionStatus.Canceled, node.Status));
    }

    [Fact]
    public async Task A_node_that_is_stopped_while_its_session_waits_is_stopped_when_that_runs()
    {
        var held = cluster.NewSession();
        var holders = Enumerable.Range(0, 8).Select(i => Node($"n{i}", "holding", [("In", "in")]));
        await held.SubmitAsync(Session([.. holders], ("in", 1)), null, Ct);
        await Cluster.ReachAsync(held, SessionStatus.Processing);
        await SubmitAsync(GoingOn([Node("first", "holding", [("In", "in")], ("Out", "held")), Node("last", "relay", [("In", "held")], ("Out", "result"))], ("in", 1)));

        var stopped = await Of("first").StopAsync(Ct);
        Assert.Equal((SessionStatus.Pending, SubSessionStatus.Waiting, true), (stopped?.SessionStatus, stopped?.Node.Status, stopped?.Node.StopRequested));
        await held.StopAsync(Ct);

        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(_session)).Status);
        Assert.Equal(SubSessionStatus.Canceled, (await Of("first").FindAsync(Ct))?.Node.Status);
        await Cluster.EndAsync(held);
    }

    [Fact]
    public async Task A_pending_session_that_fails_with_its_node_leaves_the_queue()
    {
        var held = cluster.NewSession();
        var holders = Enumerable.Range(0, 8).Select(i => Node($"n{i}", "holding", [("In", "in")]));
        await held.SubmitAsync(Session([.. holders], ("in", 1)), null, Ct);
        await Cluster.ReachAsync(held, SessionStatus.Processing);
        await SubmitAsync(Session([Node("one", "holding", [("In", "in")])], ("in", 1)));

        var stopped = await Of("one").StopAsync(Ct);

        Assert.Equal((SessionStatus.Failed, SubSessionStatus.Canceled), (stopped?.SessionStatus, stopped?.Node.Status));
        using var patience = new CancellationTokenSource(Patience);
        while ((await cluster.Grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain).GetEnginesAsync(Ct)).Single(engine => engine.Definition.Id == "holding").Waiting > 0)
        {
            Assert.False(patience.IsCancellationRequested, "The session still waits in the queue.");
            await Task.Yield();
        }

        await held.StopAsync(Ct);
        await Cluster.EndAsync(held);
    }

    [Fact]
    public async Task A_node_is_read_with_its_session_and_its_name_may_be_anything()
    {
        const string Name = "a/b c/ä";
        await SubmitAsync(GoingOn([Node(Name, "relay", [("In", "in")], ("Out", "result"))], ("in", 1)));
        await Cluster.EndAsync(_session);

        var read = await Of(Name).FindAsync(Ct);

        Assert.Equal((SessionId, SessionStatus.Finished, 1), (read?.SessionId, read?.SessionStatus, read?.Epoch));
        Assert.Equal((await _session.FindAsync(Ct))?.Nodes.Single(), read?.Node);
        Assert.Equal(read, await Of(Name).StopAsync(Ct));
    }

    [Fact]
    public async Task What_is_not_there_can_neither_be_read_nor_stopped()
    {
        Assert.Null(await Of("one").FindAsync(Ct));
        Assert.Null(await Of("one").StopAsync(Ct));
        await SubmitAsync(Session([Node("one", "relay", [("In", "in")], ("Out", "result"))], ("in", 1)));

        Assert.Null(await Of("One").FindAsync(Ct));
        Assert.Null(await Of("two").StopAsync(Ct));
        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(_session)).Status);
    }

    private static SessionSpec GoingOn(NodeSpec[] nodes, params (string Channel, object Value)[] startData) =>
        Session(nodes, startData) with { OnNodeStopped = NodeStopPolicy.Continue };

    private ISubSessionGrain Of(string node) => cluster.Grains.GetGrain<ISubSessionGrain>(new SubSessionKey(SessionId, node).ToString());

    private async Task SubmitAsync(SessionSpec spec)
    {
        var result = await _session.SubmitAsync(spec, null, Ct);
        Assert.True(result.Outcome is SubmitOutcome.Accepted, string.Join("; ", result.Faults));
    }

    /// <summary>Waits until a channel has so many results.</summary>
    private async Task WrittenAsync(string channel, int count)
    {
        for (var (epoch, offset) = (0, 0L); offset < count;)
        {
            var batch = await _session.FollowResultsAsync(channel, epoch, offset, Patience, Ct);
            Assert.False(batch is null or { Items.IsEmpty: true }, $"Channel '{channel}' has only {offset} results after {Patience}.");
            (epoch, offset) = (batch!.Epoch, batch.Offset + batch.Items.Length); // Checked just above.
        }
    }
}
