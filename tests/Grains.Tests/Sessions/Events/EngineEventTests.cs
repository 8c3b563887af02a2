using System.Text;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using CsCheck;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions.Events;

public sealed class EngineEventTests(Cluster cluster)
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void However_often_reports_come_and_in_which_parts_each_event_is_noted_once_and_in_order() => Gen.Select(
        Gen.Int[0, 30], Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30]).List[0, 20]).Sample((count, parts) =>
        {
            var spec = Chain(2, 7) with { KeepsEvents = true };
            var state = Running(spec);
            var before = state.LastEvent;

            // A report begins at or before what was heard, as one does that comes again.
            foreach (var (from, length) in parts.Append((0, count)))
            {
                var heard = (int)state.Nodes[1].EventsHeard;
                var first = Math.Min(from, heard);
                state = state.Hear(spec, ReportOf("relay-1", 1, first, Math.Min(length, count - Math.Min(first, count))), Noon);
            }

            Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), state.News.Select(one => one.Said!.Type)); // All are an engine's.
            Assert.Equal(Enumerable.Range(1, count).Select(i => before + i), state.News.Select(one => one.Number));
            Assert.Equal(state.LastEvent, before + count);
            Assert.All(state.News, one => Assert.Equal(("relay-1", 1, Noon), (one.Node, one.Epoch, one.At)));
        }, iter: 2_000);

    [Fact]
    public void What_is_of_another_attempt_or_node_or_comes_after_the_nodes_end_is_not_noted()
    {
        var spec = Chain(2, 7) with { KeepsEvents = true };
        var state = Running(spec);

        Assert.Same(state, state.Hear(spec, ReportOf("relay-1", 2, 0, 1), Noon));
        Assert.Same(state, state.Hear(spec, ReportOf("nobody", 1, 0, 1), Noon));
        Assert.Same(state, state.Hear(Chain(2, 7), ReportOf("relay-1", 1, 0, 1), Noon));
        var over = state.Report(spec, new() { Node = "relay-1", Epoch = 1, Status = SubSessionStatus.Finished }, Noon);
        Assert.Same(over, over.Hear(spec, ReportOf("relay-1", 1, 0, 1), Noon));
        var missing = Assert.Throws<BlueEdgeException>(() => state.Hear(spec, ReportOf("relay-1", 1, 3, 1), Noon));
        Assert.Contains("events between are missing", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_engine_says_is_told_in_its_order_whether_a_channel_takes_it_or_not(bool isLinked)
    {
        const int Count = 700;
        var session = cluster.NewSession();

        await session.SubmitAsync(Single("talkative", Count, isLinked ? [("Status", "result")] : []) with { KeepsEvents = true }, null, Ct);
        var events = await EventLog.FollowAsync(session);

        var said = events.Where(one => one.Kind is SessionEventKind.EngineSaid).Select(one => one.Said!).ToList(); // Set with the kind.
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $$"""{"type":"counted","number":{{i}}}"""), said.Take(Count).Select(one => Encoding.UTF8.GetString(one.Message.Span)));
        Assert.Equal(("long", true, 20_025), (said[Count].Type, said[Count].Message.IsEmpty, said[Count].Length));
        Assert.Equal(["finish"], said.Skip(Count + 1).Select(one => one.Type));
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(one => one.Number));
        Assert.Equal((SessionStatus.Finished, "talkative"), (events[^1].Status, events.First(one => one.Said is not null).Node));
    }

    [Fact]
    public async Task An_engine_that_fails_says_so_before_its_session_does()
    {
        var session = cluster.NewSession();

        await session.SubmitAsync(Single("fail", new { message = "no" }) with { KeepsEvents = true }, null, Ct);
        var events = await EventLog.FollowAsync(session);

        var said = Assert.Single(events, one => one.Said is not null);
        Assert.Equal("error", said.Said!.Type); // Asked for just above.
        Assert.Contains("no", Encoding.UTF8.GetString(said.Said.Message.Span), StringComparison.Ordinal);
        Assert.True(said.Number < events.Single(one => one.Status is SessionStatus.Stopping).Number);
    }

    private static SessionState Running(SessionSpec spec) => SessionTransitions.Create(new(spec), Noon)
        .Grant(spec, new() { SessionId = "", Epoch = 1, Leases = [.. spec.Nodes.Select(node => new Lease { Engine = node.Engine, Instance = $"{node.Engine}@here" })] }, Noon);

    private static EngineEventReport ReportOf(string node, int epoch, int first, int count) => new()
    {
        Node = node,
        Epoch = epoch,
        First = first,
        Events = [.. Enumerable.Range(first, count).Select(i => new EngineEvent { Type = $"{i}" })],
    };
}
