using BlueEdge.Channels;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using CsCheck;

namespace BlueEdge.Grains.Tests.Sessions;

public sealed class SessionTransitionsTests
{
    private const int Cases = 20_000;
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>One thing that can happen to a session, in any order, repeated, late, or of another attempt.</summary>
    private static readonly Gen<Func<SessionSpec, SessionState, SessionState>> AnyEvent = Gen.OneOf(
        Gen.Int[1, 3].Select<int, Func<SessionSpec, SessionState, SessionState>>(epoch =>
            (spec, state) => state.Grant(spec, GrantOf(spec, epoch), Noon)),
        Gen.Select(Gen.Int[0, 4], Gen.Int[1, 3], Gen.Enum<SubSessionStatus>())
            .Select<(int Node, int Epoch, SubSessionStatus Status), Func<SessionSpec, SessionState, SessionState>>(report =>
                (spec, state) => state.Report(spec, ReportOf(report.Node, report.Epoch, report.Status), Noon)),
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 3])
            .Select<(int Instance, int Epoch), Func<SessionSpec, SessionState, SessionState>>(lost =>
                (spec, state) => state.Lose(spec, lost.Epoch, $"instance-{lost.Instance}", "it was lost", Noon)),
        Gen.Int[1, 3].Select<int, Func<SessionSpec, SessionState, SessionState>>(epoch =>
            (spec, state) => state.TimeOutPreparing(spec, epoch, TimeSpan.FromSeconds(60), Noon)),
        Gen.Int[1, 3].Select<int, Func<SessionSpec, SessionState, SessionState>>(epoch =>
            (spec, state) => state.CutOff(spec, epoch, Noon)),
        Gen.Int[0, 4].Select<int, Func<SessionSpec, SessionState, SessionState>>(node =>
            (spec, state) => state.StopNode(spec, $"node-{node}", Noon)),
        Gen.Const<Func<SessionSpec, SessionState, SessionState>>((_, state) => state.Stop(Noon)));

    private static readonly Gen<(SessionSpec Spec, List<Func<SessionSpec, SessionState, SessionState>> Events)> AnyHistory =
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 2], Gen.Enum<NodeStopPolicy>(), AnyEvent.List[0, 40], (nodes, retries, policy, events) =>
            (SpecOf(nodes, retries) with { OnNodeStopped = policy }, events));

    [Fact]
    public void No_sequence_of_events_leaves_a_terminal_status() => AnyHistory.Sample(
        history => Steps(history).All(step =>
            !step.First.Status.IsTerminal() || ReferenceEquals(step.First, step.Second)),
        iter: Cases);

    [Fact]
    public void No_sequence_of_events_skips_a_status() => AnyHistory.Sample(
        history => Steps(history).All(step =>
            step.First.Status == step.Second.Status || Allowed.Contains((step.First.Status, step.Second.Status))),
        iter: Cases);

    [Fact]
    public void Events_are_numbered_without_gaps_and_tell_every_status_that_was_passed() => AnyHistory.Sample(
        history =>
        {
            var spec = history.Spec with { KeepsEvents = true };
            var states = Run((spec, history.Events));
            var noted = states.Aggregate((Last: SessionState.None, Noted: SessionState.None), (at, next) =>
                (next, (next with { LastEvent = at.Noted.LastEvent, News = at.Noted.News }).Note(spec, at.Last, Noon))).Noted;
            var events = noted.News;
            var statuses = events.Where(one => one.Kind is SessionEventKind.StatusChanged).ToList();
            SessionStatus[] passed = [.. states.Zip(states.Skip(1)).Where(step => step.First.Status != step.Second.Status).Select(step => step.Second.Status).Prepend(SessionStatus.Pending)];

            Assert.Equal(Enumerable.Range(1, events.Length).Select(number => (long)number), events.Select(one => one.Number));
            Assert.Equal(events.Length, noted.LastEvent);
            Assert.Equal(passed, statuses.Select(one => one.Status!.Value)); // Set with the kind.
            Assert.Equal(statuses.SkipLast(1).Select(one => one.Status), statuses.Skip(1).Select(one => one.PreviousStatus));
            Assert.Equal(passed.Count(status => status is SessionStatus.Queuing), events.Count(one => one.Kind is SessionEventKind.AttemptBegan));
            foreach (var (node, index) in spec.Nodes.Select((node, index) => (node.Name, index)))
            {
                var told = events.LastOrDefault(one => one.Node == node && one.Epoch == states[^1].Epoch);
                Assert.Equal(states[^1].Nodes[index].Status, told?.NodeStatus ?? SubSessionStatus.Waiting);
            }
        },
        iter: Cases / 4);

    [Fact]
    public void A_session_that_keeps_no_events_notes_none() => AnyHistory.Sample(
        history => Steps(history).All(step => ReferenceEquals(step.Second, step.Second.Note(history.Spec, step.First, Noon))),
        iter: Cases / 10);

    [Fact]
    public void A_node_that_is_over_stays_as_it_is_within_its_attempt() => AnyHistory.Sample(
        history => Steps(history).All(step =>
            step.First.Epoch != step.Second.Epoch
            || step.First.Nodes.Zip(step.Second.Nodes).All(node => !node.First.IsOver || node.First == node.Second)),
        iter: Cases);

    [Fact]
    public void A_session_never_frees_more_slots_than_it_was_leased() => AnyHistory.Sample(
        history => Run(history).All(state =>
            state.Nodes.Count(node => node.IsOver && node.Instance is not null) <= state.Nodes.Count(node => node.Instance is not null)
            && (state.Status is not SessionStatus.Pending || state.Nodes.All(node => node.Instance is null))),
        iter: Cases);

    [Fact]
    public void A_finished_session_has_only_nodes_that_are_done_and_a_failed_one_a_reason() => AnyHistory.Sample(
        history => Run(history)[^1] is var last && last.Status switch
        {
            SessionStatus.Finished => last.Nodes.All(node => node.IsDone) && last.Nodes.Any(node => node.Status is SubSessionStatus.Finished),
            SessionStatus.Failed => last.Reason is not null && last.Nodes.All(node => node.IsOver || node.Instance is null),
            SessionStatus.Canceled => last.StopRequested && last.Reason is not null,
            _ => last.EndedAt is null,
        },
        iter: Cases);

    [Fact]
    public void A_node_that_was_stopped_stays_so_in_every_attempt() => AnyHistory.Sample(
        history => Steps(history).All(step => step.First.Nodes.Zip(step.Second.Nodes).All(node => !node.First.StopRequested || node.Second.StopRequested)),
        iter: Cases);

    [Fact]
    public void A_session_runs_at_most_once_more_than_its_retries() => AnyHistory.Sample(
        history => Run(history)[^1] is var last
            && last.FormerAttempts.Length <= (history.Spec.Retry?.Attempts ?? 0)
            && last.FormerAttempts.Select(former => former.Epoch).Append(last.Epoch).Zip(last.FormerAttempts.Select(former => former.Epoch).Prepend(0)).All(pair => pair.First > pair.Second),
        iter: Cases);

    [Fact]
    public void A_session_that_never_heard_of_its_slots_asks_anew_when_they_are_lost_and_it_is_none_of_its_attempts()
    {
        var spec = SpecOf(nodes: 1, retries: 1);
        var waiting = SessionTransitions.Create(new(spec), Noon);

        var again = waiting.Lose(spec, 1, "instance-0", "it was lost", Noon);

        Assert.Equal((SessionStatus.Pending, 2), (again.Status, again.Epoch));
        Assert.Empty(again.FormerAttempts);
        Assert.Same(again, again.Lose(spec, 1, "instance-1", "it was lost", Noon));
        Assert.Same(again, again.Grant(spec, GrantOf(spec, 1), Noon));
        var failed = again.Grant(spec, GrantOf(spec, 2), Noon).Lose(spec, 2, "instance-0", "it was lost", Noon).Settle(spec, Noon);
        Assert.Equal((SessionStatus.Pending, 3), (failed.Status, failed.Epoch));
        Assert.Single(failed.FormerAttempts);
    }

    [Fact]
    public void The_reason_names_engine_node_and_message()
    {
        var spec = SpecOf(2, 0);
        var state = SessionTransitions.Create(new(spec), Noon).Grant(spec, GrantOf(spec, 1), Noon);

        state = state.Report(spec, ReportOf(1, 1, SubSessionStatus.Failed), Noon);

        Assert.Equal(SessionStatus.Stopping, state.Status);
        Assert.Contains("'odd'", state.Reason, StringComparison.Ordinal);
        Assert.Contains("'node-1'", state.Reason, StringComparison.Ordinal);
        Assert.Contains("out of memory", state.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_while_failing_keeps_the_session_from_running_again()
    {
        var spec = SpecOf(2, retries: 2);
        var state = SessionTransitions.Create(new(spec), Noon)
            .Grant(spec, GrantOf(spec, 1), Noon)
            .Report(spec, ReportOf(1, 1, SubSessionStatus.Failed), Noon)
            .Stop(Noon);

        state = state.Report(spec, ReportOf(0, 1, SubSessionStatus.Canceled), Noon).Settle(spec, Noon);

        Assert.Equal(SessionStatus.Failed, state.Status);
    }

    [Fact]
    public void A_session_is_finished_only_when_its_start_data_are_stored_where_they_are_results()
    {
        var spec = SpecOf(1, 0) with
        {
            Channels = [new() { Name = "asked", Type = ChannelType.Json, Interested = true }],
            StartData = [new() { Channel = "asked", Payload = Payload.Json("1"u8.ToArray()) }],
        };
        var state = Started(spec)
            .Report(spec, ReportOf(0, 1, SubSessionStatus.Ready), Noon).Settle(spec, Noon)
            .Report(spec, ReportOf(0, 1, SubSessionStatus.Finished), Noon);

        Assert.Equal(SessionStatus.Processing, state.Settle(spec, Noon).Status);
        Assert.Equal(SessionStatus.Processing, state.StoreStartData(epoch: 2).Settle(spec, Noon).Status);
        Assert.Equal(SessionStatus.Finished, state.StoreStartData(epoch: 1).Settle(spec, Noon).Status);
    }

    [Fact]
    public void Each_attempt_owes_its_start_data_anew()
    {
        var spec = SpecOf(1, retries: 1) with
        {
            Channels = [new() { Name = "asked", Type = ChannelType.Json, Interested = true }],
            StartData = [new() { Channel = "asked", Payload = Payload.Json("1"u8.ToArray()) }],
        };
        var state = Started(spec).Report(spec, ReportOf(0, 1, SubSessionStatus.Ready), Noon).Settle(spec, Noon)
            .StoreStartData(1)
            .Report(spec, ReportOf(0, 1, SubSessionStatus.Failed), Noon).Settle(spec, Noon)
            .Grant(spec, GrantOf(spec, 2), Noon);

        Assert.True(state.OwesStartData);
    }

    [Fact]
    public void A_session_that_had_its_time_stops_and_fails_with_that_reason_and_never_runs_again()
    {
        var spec = SpecOf(2, retries: 5) with { MaxDuration = TimeSpan.FromSeconds(90) };
        var state = Started(spec);
        var late = Noon.AddSeconds(90);
        Assert.Same(state, state.RunOut(spec, late.AddTicks(-1)));

        var stopping = state.RunOut(spec, late);
        var ended = stopping.Report(spec, ReportOf(0, 1, SubSessionStatus.Canceled), late).Report(spec, ReportOf(1, 1, SubSessionStatus.Canceled), late).Settle(spec, late);

        Assert.Equal(SessionStatus.Stopping, stopping.Status);
        Assert.Equal((SessionStatus.Failed, 1), (ended.Status, ended.Epoch));
        Assert.Contains("longer than 90 s", ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_counts_over_all_attempts_and_the_waits_between_them()
    {
        var spec = SpecOf(1, retries: 5) with { MaxDuration = TimeSpan.FromSeconds(90) };
        var waiting = Started(spec).Report(spec, ReportOf(0, 1, SubSessionStatus.Failed), Noon.AddSeconds(60)).Settle(spec, Noon.AddSeconds(60));
        Assert.Equal((SessionStatus.Pending, 2), (waiting.Status, waiting.Epoch));

        Assert.Equal(SessionStatus.Failed, waiting.RunOut(spec, Noon.AddSeconds(90)).Status);
        var again = waiting.Grant(spec, GrantOf(spec, 2), Noon.AddSeconds(80));
        Assert.Equal(SessionStatus.Stopping, again.RunOut(spec, Noon.AddSeconds(90)).Status);
        var failed = again.Report(spec, ReportOf(0, 2, SubSessionStatus.Failed), Noon.AddSeconds(91)).Settle(spec, Noon.AddSeconds(91));
        Assert.Equal((SessionStatus.Failed, 2), (failed.Status, failed.Epoch));
    }

    [Fact]
    public void A_session_that_waits_for_its_first_slots_has_all_its_time()
    {
        var spec = SpecOf(1, 0) with { MaxDuration = TimeSpan.FromSeconds(1) };
        var waiting = SessionTransitions.Create(new(spec), Noon);

        Assert.Same(waiting, waiting.RunOut(spec, Noon.AddDays(1)));
    }

    [Fact]
    public void Errors_are_cut_and_those_of_former_attempts_more()
    {
        var spec = SpecOf(1, retries: 100);
        var state = SessionTransitions.Create(new(spec), Noon);
        for (var epoch = 1; epoch <= 101; epoch++)
        {
            state = state.Grant(spec, GrantOf(spec, epoch), Noon)
                .Report(spec, ReportOf(0, epoch, SubSessionStatus.Failed) with { Error = new('x', 5_000_000) }, Noon)
                .Settle(spec, Noon);
        }

        Assert.Equal((SessionStatus.Failed, 100), (state.Status, state.FormerAttempts.Length));
        Assert.InRange(state.Nodes[0].Error!.Length, 4_000, 4_096);
        Assert.Contains("more bytes were cut", state.Reason, StringComparison.Ordinal);
        Assert.InRange(state.FormerAttempts.Sum(former => former.Reason.Length), 1, 100 * 512);
    }

    [Fact]
    public void Warnings_of_many_nodes_stay_bounded_and_the_rest_are_counted()
    {
        var spec = SpecOf(nodes: 100, retries: 0);
        var state = SessionTransitions.Create(new(spec), Noon).Grant(spec, GrantOf(spec, 1), Noon);
        var warnings = Enumerable.Range(0, 30).Aggregate(NodeWarnings.None, (said, i) => said.Add("node", "code", $"{i}"));

        for (var i = 0; i < 100; i++)
        {
            state = state.Report(spec, ReportOf(i, 1, SubSessionStatus.Ready) with { Warnings = warnings }, Noon);
            state = state.Report(spec, ReportOf(i, 1, SubSessionStatus.Finished) with { Warnings = warnings }, Noon);
        }

        Assert.Equal(NodeWarnings.MostOfSession, state.Nodes.Sum(node => node.Warnings!.Kept.Length)); // Each has warned.
        Assert.Equal(100 * 30, state.Nodes.Sum(node => node.Warnings!.Kept.Length + node.Warnings.More));
    }

    private static SessionState Started(SessionSpec spec) => SessionTransitions.Create(new(spec), Noon).Grant(spec, GrantOf(spec, 1), Noon);

    private static readonly HashSet<(SessionStatus, SessionStatus)> Allowed =
    [
        (SessionStatus.Pending, SessionStatus.Queuing),
        (SessionStatus.Pending, SessionStatus.Canceled),
        (SessionStatus.Pending, SessionStatus.Failed),
        (SessionStatus.Queuing, SessionStatus.Processing),
        (SessionStatus.Queuing, SessionStatus.Stopping),
        (SessionStatus.Processing, SessionStatus.Stopping),
        (SessionStatus.Processing, SessionStatus.Finished),
        (SessionStatus.Processing, SessionStatus.Canceled),
        (SessionStatus.Stopping, SessionStatus.Failed),
        (SessionStatus.Stopping, SessionStatus.Canceled),
        (SessionStatus.Stopping, SessionStatus.Pending),
    ];

    private static IEnumerable<(SessionState First, SessionState Second)> Steps(
        (SessionSpec Spec, List<Func<SessionSpec, SessionState, SessionState>> Events) history)
    {
        var states = Run(history);
        return states.Zip(states.Skip(1));
    }

    /// <summary>Every state of a history, each event followed by the steps that follow from it.</summary>
    private static List<SessionState> Run((SessionSpec Spec, List<Func<SessionSpec, SessionState, SessionState>> Events) history)
    {
        List<SessionState> states = [SessionTransitions.Create(new(history.Spec), Noon)];
        foreach (var happen in history.Events)
        {
            states.Add(happen(history.Spec, states[^1]));
            for (var next = states[^1].Settle(history.Spec, Noon); !ReferenceEquals(next, states[^1]); next = states[^1].Settle(history.Spec, Noon))
            {
                states.Add(next);
            }
        }

        return states;
    }

    private static SessionSpec SpecOf(int nodes, int retries) => new()
    {
        Channels = [],
        Nodes = [.. Enumerable.Range(0, nodes).Select(i => new NodeSpec { Name = $"node-{i}", Engine = i % 2 == 0 ? "even" : "odd" })],
        Retry = retries == 0 ? null : new() { Attempts = retries },
    };

    private static LeaseGrant GrantOf(SessionSpec spec, int epoch) => new()
    {
        SessionId = "s",
        Epoch = epoch,
        Leases = [.. spec.Nodes.Select((node, i) => new Lease { Engine = node.Engine, Instance = $"instance-{i / 2}" })],
    };

    private static SubSessionReport ReportOf(int node, int epoch, SubSessionStatus status) => new()
    {
        Node = $"node-{node}",
        Epoch = epoch,
        Status = status,
        Error = status is SubSessionStatus.Failed ? "out of memory" : null,
    };
}
