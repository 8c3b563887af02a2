using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>What stopping one node does to a session's state; sessions have the nodes <c>a</c>, <c>b</c> and <c>c</c>.</summary>
public sealed class StopNodeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionSpec Failing = SpecOf(NodeStopPolicy.Fail, retries: 3);
    private static readonly SessionSpec GoingOn = SpecOf(NodeStopPolicy.Continue, retries: 3);

    [Fact]
    public void A_pending_session_fails_at_once()
    {
        var state = Pending(Failing).StopNode(Failing, "b", Noon);

        Assert.Equal((SessionStatus.Failed, Noon), (state.Status, state.EndedAt));
        AssertNames(state, "b");
        Assert.Equal([SubSessionStatus.Waiting, SubSessionStatus.Canceled, SubSessionStatus.Waiting], state.Nodes.Select(node => node.Status));
        Assert.Same(state, state.Grant(Failing, GrantOf(Failing, 1), Noon));
    }

    [Theory]
    [InlineData(SessionStatus.Queuing)]
    [InlineData(SessionStatus.Processing)]
    public void A_running_session_stops_and_fails_and_does_not_run_again(SessionStatus status)
    {
        var state = (status is SessionStatus.Queuing ? Queuing(Failing) : Processing(Failing)).StopNode(Failing, "b", Noon);

        Assert.Equal((SessionStatus.Stopping, SessionStatus.Failed), (state.Status, state.Ending));
        var ended = Tell(Failing, state, SubSessionStatus.Canceled, "a", "b", "c");
        Assert.Equal((SessionStatus.Failed, 1), (ended.Status, ended.Epoch));
        AssertNames(ended, "b");
    }

    [Fact]
    public void A_session_that_fails_already_keeps_its_reason_and_does_not_run_again()
    {
        var state = Tell(Failing, Processing(Failing), SubSessionStatus.Failed, "a").StopNode(Failing, "b", Noon);

        Assert.Same(state, state.StopNode(Failing, "c", Noon));
        var ended = Tell(Failing, state, SubSessionStatus.Canceled, "b", "c");
        Assert.Equal((SessionStatus.Failed, 1), (ended.Status, ended.Epoch));
        Assert.Contains("out of memory", ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_that_goes_on_finishes_without_the_node()
    {
        var state = Processing(GoingOn).StopNode(GoingOn, "b", Noon);
        Assert.Equal((SessionStatus.Processing, true), (state.Status, state.Nodes[1].StopRequested));

        var stopped = Tell(GoingOn, state, SubSessionStatus.Canceled, "b");
        Assert.Equal(SessionStatus.Processing, stopped.Status);
        var ended = Tell(GoingOn, stopped, SubSessionStatus.Finished, "a", "c");

        Assert.Equal((SessionStatus.Finished, null), (ended.Status, ended.Reason));
        Assert.Equal([SubSessionStatus.Finished, SubSessionStatus.Canceled, SubSessionStatus.Finished], ended.Nodes.Select(node => node.Status));
    }

    [Fact]
    public void A_session_whose_nodes_were_all_stopped_is_canceled()
    {
        var state = StopAll(Processing(GoingOn));
        Assert.Equal(SessionStatus.Processing, state.Status);

        var ended = Tell(GoingOn, state, SubSessionStatus.Canceled, "a", "b", "c");

        Assert.Equal((SessionStatus.Canceled, Noon), (ended.Status, ended.EndedAt));
        Assert.Equal("A caller stopped all its nodes.", ended.Reason);
    }

    [Fact]
    public void One_that_finished_before_its_stop_was_heard_counts_as_finished()
    {
        var state = StopAll(Processing(GoingOn));

        var ended = Tell(GoingOn, Tell(GoingOn, state, SubSessionStatus.Finished, "a"), SubSessionStatus.Canceled, "b", "c");

        Assert.Equal(SessionStatus.Finished, ended.Status);
    }

    [Fact]
    public void A_pending_session_of_which_nothing_is_left_does_not_wait_for_slots()
    {
        var waiting = Pending(GoingOn).StopNode(GoingOn, "a", Noon).StopNode(GoingOn, "b", Noon);
        Assert.Same(waiting, waiting.Settle(GoingOn, Noon));

        Assert.Equal(SessionStatus.Canceled, waiting.StopNode(GoingOn, "c", Noon).Settle(GoingOn, Noon).Status);
    }

    [Fact]
    public void What_was_stopped_while_the_session_waited_or_prepared_is_stopped_when_it_processes()
    {
        var waiting = Pending(GoingOn).StopNode(GoingOn, "a", Noon);
        Assert.Equal(SessionStatus.Pending, waiting.Status);

        var queuing = waiting.Grant(GoingOn, GrantOf(GoingOn, 1), Noon).StopNode(GoingOn, "b", Noon);
        Assert.Equal(SessionStatus.Queuing, queuing.Status);
        Assert.Equal([true, true, false], queuing.Nodes.Select(node => node.StopRequested));

        var processing = Tell(GoingOn, queuing, SubSessionStatus.Ready, "a", "b", "c");
        var ended = Tell(GoingOn, Tell(GoingOn, processing, SubSessionStatus.Canceled, "a", "b"), SubSessionStatus.Finished, "c");
        Assert.Equal(SessionStatus.Finished, ended.Status);
    }

    [Fact]
    public void A_node_that_is_canceled_before_its_session_processes_was_stopped_by_somebody_else()
    {
        var queuing = Queuing(GoingOn).StopNode(GoingOn, "b", Noon);

        var state = Tell(GoingOn, queuing, SubSessionStatus.Canceled, "b");

        Assert.Equal((SessionStatus.Stopping, SessionStatus.Failed), (state.Status, state.Ending));
    }

    [Fact]
    public void A_session_that_goes_on_fails_with_another_node_and_the_stop_holds_in_the_next_attempt()
    {
        var state = Tell(GoingOn, Processing(GoingOn).StopNode(GoingOn, "b", Noon), SubSessionStatus.Failed, "a");
        Assert.Equal(SessionStatus.Stopping, state.Status);
        var again = Tell(GoingOn, state.StopNode(GoingOn, "c", Noon), SubSessionStatus.Canceled, "b", "c");
        Assert.Equal((SessionStatus.Pending, 2), (again.Status, again.Epoch));
        Assert.Equal([SubSessionStatus.Waiting, SubSessionStatus.Waiting, SubSessionStatus.Waiting], again.Nodes.Select(node => node.Status));

        var second = again.Grant(GoingOn, GrantOf(GoingOn, 2), Noon);

        Assert.Equal([false, true, true], second.Nodes.Select(node => node.StopRequested));
        Assert.Equal(SubSessionStatus.Preparing, second.Nodes[1].Status);
    }

    [Fact]
    public void A_stopped_node_that_fails_or_is_lost_fails_the_session()
    {
        var state = Processing(GoingOn).StopNode(GoingOn, "b", Noon);

        Assert.Equal(SessionStatus.Failed, Tell(GoingOn, state, SubSessionStatus.Failed, "b").Ending);
        Assert.Equal(SessionStatus.Failed, state.Lose(GoingOn, 1, "host-b", "it was lost", Noon).Ending);
    }

    [Theory]
    [InlineData(NodeStopPolicy.Fail)]
    [InlineData(NodeStopPolicy.Continue)]
    public void A_stop_that_is_repeated_late_or_of_no_node_changes_nothing(NodeStopPolicy policy)
    {
        var spec = SpecOf(policy, retries: 0);
        var running = Tell(spec, Processing(spec), SubSessionStatus.Finished, "a");
        Assert.Same(running, running.StopNode(spec, "a", Noon));
        Assert.Same(running, running.StopNode(spec, "A", Noon));
        Assert.Same(running, running.StopNode(spec, "", Noon));

        var stopped = running.StopNode(spec, "b", Noon);
        Assert.NotSame(running, stopped);
        Assert.Same(stopped, stopped.StopNode(spec, "b", Noon));

        var ended = Tell(spec, running, SubSessionStatus.Finished, "b", "c");
        Assert.Equal(SessionStatus.Finished, ended.Status);
        Assert.Same(ended, ended.StopNode(spec, "b", Noon));
        var failed = Tell(spec, running, SubSessionStatus.Failed, "b", "c");
        Assert.Same(failed, failed.StopNode(spec, "c", Noon));
        var canceled = Pending(spec).Stop(Noon);
        Assert.Same(canceled, canceled.StopNode(spec, "b", Noon));
    }

    [Fact]
    public void A_report_that_comes_late_or_twice_changes_nothing()
    {
        var state = Processing(GoingOn).StopNode(GoingOn, "b", Noon);
        var canceled = ReportOf("b", 1, SubSessionStatus.Canceled);

        var once = state.Report(GoingOn, canceled, Noon);

        Assert.Same(once, once.Report(GoingOn, canceled, Noon));
        Assert.Same(once, once.Report(GoingOn, ReportOf("b", 1, SubSessionStatus.Failed), Noon));
        Assert.Same(state, state.Report(GoingOn, canceled with { Epoch = 2 }, Noon));
    }

    private static void AssertNames(SessionState state, string node)
    {
        Assert.Contains($"node '{node}'", state.Reason, StringComparison.Ordinal);
        Assert.Contains("A caller stopped", state.Reason, StringComparison.Ordinal);
    }

    private static SessionState StopAll(SessionState state) =>
        new[] { "a", "b", "c" }.Aggregate(state, (next, node) => next.StopNode(GoingOn, node, Noon));

    private static SessionState Pending(SessionSpec spec) => SessionTransitions.Create(new(spec), Noon);

    private static SessionState Queuing(SessionSpec spec) => Pending(spec).Grant(spec, GrantOf(spec, 1), Noon);

    private static SessionState Processing(SessionSpec spec) => Tell(spec, Queuing(spec), SubSessionStatus.Ready, "a", "b", "c");

    private static SessionState Tell(SessionSpec spec, SessionState state, SubSessionStatus status, params string[] nodes) =>
        nodes.Aggregate(state, (next, node) => next.Report(spec, ReportOf(node, state.Epoch, status), Noon).Settle(spec, Noon));

    private static SessionSpec SpecOf(NodeStopPolicy policy, int retries) => new()
    {
        Channels = [],
        Nodes = [.. new[] { "a", "b", "c" }.Select(name => new NodeSpec { Name = name, Engine = $"engine-{name}" })],
        Retry = retries == 0 ? null : new() { Attempts = retries },
        OnNodeStopped = policy,
    };

    private static LeaseGrant GrantOf(SessionSpec spec, int epoch) => new()
    {
        SessionId = "s",
        Epoch = epoch,
        Leases = [.. spec.Nodes.Select(node => new Lease { Engine = node.Engine, Instance = $"host-{node.Name}" })],
    };

    private static SubSessionReport ReportOf(string node, int epoch, SubSessionStatus status) => new()
    {
        Node = node,
        Epoch = epoch,
        Status = status,
        Error = status is SubSessionStatus.Failed ? "out of memory" : null,
    };
}
