using BlueEdge.Sessions.Events;
using CsCheck;

namespace BlueEdge.Grains.Abstractions.Tests.Sessions;

/// <summary>How a subscriber learns of what is new and of what is missing.</summary>
public sealed class SessionStreamTrackerTests
{
    private static readonly SessionStreamStep Next = new(IsNew: true, SessionStreamLoss.None);
    private static readonly SessionStreamStep Nothing = new(IsNew: false, SessionStreamLoss.None);

    private readonly SessionStreamTracker _tracker = new();
    private long _offset = 100;

    /// <summary>What is written, what of it is delivered, and from where it is delivered again.</summary>
    private static Gen<(int Session, bool IsLost, bool IsLate)[]> Writes { get; } =
        Gen.Select(Gen.Int[0, 3], Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true))), Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)))).Array[1, 60];

    private static Gen<(int Back, bool IsSkipped)[]> Deliveries { get; } =
        Gen.Select(Gen.Frequency((9, Gen.Const(0)), (1, Gen.Int[1, 8])), Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)))).Array[100];

    [Fact]
    public void Numbers_of_each_session_that_follow_one_another_are_whole() =>
        Assert.Equal([Next, Next, Next, Next], [Take("a", 1), Take("b", 1), Take("a", 2), Take("b", 2)]);

    [Fact]
    public void An_older_change_and_one_that_comes_again_are_nothing_new() =>
        Assert.Equal([Next, Next, Nothing, Nothing, Next], [Take("a", 1), Take("a", 2), Take("a", 1), Take("a", 2), Take("a", 3)]);

    [Fact]
    public void A_number_that_is_left_out_is_missing_of_its_session() =>
        Assert.Equal([Next, new(IsNew: true, SessionStreamLoss.OfSession), Next], [Take("a", 1), Take("a", 3), Take("a", 4)]);

    [Fact]
    public void Of_a_session_that_is_met_in_the_middle_what_was_before_is_missing() =>
        Assert.Equal([new(IsNew: true, SessionStreamLoss.OfSession), Next], [Take("a", 5), Take("a", 6)]);

    [Fact]
    public void A_session_that_takes_the_id_of_one_that_is_forgotten_begins_anew()
    {
        Take("a", 7);

        Assert.Equal(Next, _tracker.Take(Change("a", 1) with { SubmittedAt = DateTimeOffset.MaxValue }, ++_offset));
        Assert.Equal(Nothing, Take("a", 8));
    }

    [Fact]
    public void A_gap_is_told_and_that_a_silo_is_there_is_nothing()
    {
        SessionStreamEvent there = new() { Silo = "s", At = default };

        Assert.Equal(Nothing, _tracker.Take(there, ++_offset));
        Assert.Equal(new(IsNew: false, SessionStreamLoss.OfAny), _tracker.Take(there with { Gap = "why" }, ++_offset));
        Assert.Equal(new(IsNew: false, SessionStreamLoss.OfSession), _tracker.Take(there with { Gap = "why", SessionId = "a" }, ++_offset));
    }

    [Fact]
    public void An_offset_that_is_left_out_is_a_gap_and_one_that_comes_again_is_not()
    {
        Take("a", 1);

        Assert.Equal(new(IsNew: true, SessionStreamLoss.OfAny), _tracker.Take(Change("a", 2), 103));
        Assert.Equal(Nothing, _tracker.Take(Change("a", 1), 101));
        Assert.Equal(Next, _tracker.Take(Change("b", 1), 102));
        Assert.Equal(Nothing, _tracker.Take(Change("a", 2), 103));
    }

    [Theory]
    [InlineData(50, SessionStreamLoss.None)]
    [InlineData(49, SessionStreamLoss.None)]
    [InlineData(51, SessionStreamLoss.OfAny)]
    public void Who_resumes_hears_its_last_event_again_or_misses_some(long offset, SessionStreamLoss missing) =>
        Assert.Equal(missing, new SessionStreamTracker(50).Take(Change("a", 1), offset).Missing);

    [Fact]
    public void To_look_changes_nothing()
    {
        Assert.Equal(Next, _tracker.Look(Change("a", 1), 1));
        Assert.Equal(Next, _tracker.Look(Change("a", 1), 9));
        Assert.Equal(Next, Take("a", 1));
    }

    [Fact]
    public void The_sessions_that_it_heard_of_last_are_remembered_and_no_more_than_twice_as_many()
    {
        Take("first", 1);
        for (var number = 0; number < SessionStreamTracker.MostSessions - 1; number++)
        {
            Take($"{number}", 1);
        }

        Assert.Equal(Nothing, Take("first", 1));
        for (var number = 0; number < 2 * SessionStreamTracker.MostSessions; number++)
        {
            Take($"other {number}", 1);
        }

        Assert.Equal(Next, Take("first", 1));
    }

    /// <summary>
    /// Whatever is dropped before it is written (a gap stands there then), is written late, is skipped by a delivery, or delivered again: each
    /// session's changes come in their order, and whoever does not know a session's last one was told so after it happened.
    /// </summary>
    [Fact]
    public void Each_session_is_known_as_it_is_or_something_is_said_to_be_missing() => Gen.Select(Writes, Deliveries).Sample((writes, deliveries) =>
    {
        var (log, last) = Write(writes);
        SessionStreamTracker tracker = new();
        Dictionary<string, long> known = new(StringComparer.Ordinal);
        HashSet<string> doubted = new(StringComparer.Ordinal);
        var next = 0;
        var delivery = 0;
        while (next < log.Count)
        {
            var (back, isSkipped) = delivery < deliveries.Length ? deliveries[delivery++] : default;
            next = Math.Max(0, next - back);

            // The first tells where it begins, and what comes last does so again and again.
            if (!(isSkipped && next > 0 && next < log.Count - 1))
            {
                var step = tracker.Take(log[next], next);
                Hear(log[next], step);
            }

            next++;
        }

        Assert.All(last, session => Assert.True(
            known.GetValueOrDefault(session.Key) == session.Value || doubted.Contains(session.Key), $"{session.Key} is at {session.Value}, and known at {known.GetValueOrDefault(session.Key)}."));

        void Hear(SessionStreamEvent heard, SessionStreamStep step)
        {
            if (step.IsNew)
            {
                Assert.True(known.GetValueOrDefault(heard.SessionId!) < heard.Number); // A change is of a session.
                known[heard.SessionId!] = heard.Number; // As above.
            }

            doubted.UnionWith(step.Missing switch
            {
                SessionStreamLoss.OfAny => last.Keys,
                SessionStreamLoss.OfSession => [heard.SessionId!], // As above.
                _ => [],
            });
        }
    });

    /// <summary>What is in the stream, and the number of each session's last change.</summary>
    private static (List<SessionStreamEvent> Log, Dictionary<string, long> Last) Write((int Session, bool IsLost, bool IsLate)[] writes)
    {
        List<SessionStreamEvent> log = [];
        List<SessionStreamEvent> late = [];
        Dictionary<string, long> last = new(StringComparer.Ordinal);
        foreach (var (number, isLost, isLate) in writes)
        {
            var session = $"{number}";
            var change = Change(session, last[session] = last.GetValueOrDefault(session) + 1);
            (isLate && !isLost ? late : log).Add(isLost ? new() { Silo = "s", At = default, Gap = "why" } : change);
        }

        return ([.. log, .. late, new() { Silo = "s", At = default }], last);
    }

    private static SessionStreamEvent Change(string session, long number) => new() { Silo = "s", At = default, SessionId = session, Number = number };

    private SessionStreamStep Take(string session, long number) => _tracker.Take(Change(session, number), ++_offset);
}
