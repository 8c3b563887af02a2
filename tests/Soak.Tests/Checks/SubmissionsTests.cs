using BlueEdge.Soak.History;
using static BlueEdge.Soak.Tests.Checks.ARun;

namespace BlueEdge.Soak.Tests.Checks;

/// <summary>What is answered to those who submit, and to everybody.</summary>
public sealed class SubmissionsTests
{
    private static readonly SoakHistory WithStranger = Clean with
    {
        Sessions = [.. Clean.Sessions, Session with { Number = 2, Key = null }],
        Rest = Clean.Rest! with { Strangers = [new("a-third", 2, At(30), "finished")] },
    };

    [Fact]
    public void A_key_with_two_sessions_is_told() => Violates("submissions", Clean with
    {
        Submissions = [.. Clean.Submissions, Accepted(20) with { SessionId = "a-third" }],
        Readings = [.. Clean.Readings, Reading(21, End) with { SessionId = "a-third" }],
        Rest = Clean.Rest! with { Lists = [new("gateway-1", "finished", [Id, "another", "a-third"])] },
    });

    [Fact]
    public void A_session_that_nobody_submitted_is_told() => Violates("submissions", WithStranger);

    [Fact]
    public void A_session_that_was_refused_without_an_id_and_runs_is_told() =>
        Violates("submissions", WithStranger with { Submissions = [.. Clean.Submissions, new(2, "gateway-1", At(29), At(34), 503, null)] });

    [Fact]
    public void Of_a_broken_connection_nothing_is_known() =>
        IsClean(WithStranger with { Submissions = [.. Clean.Submissions, new(2, "gateway-1", At(29), At(34), 0, null)] });

    [Fact]
    public void A_refused_session_that_is_told_with_its_id_never_runs_or_comes_to_an_end()
    {
        var told = Clean with { Sessions = [.. Clean.Sessions, Session with { Number = 2 }], Submissions = [.. Clean.Submissions, new(2, "gateway-1", At(29), At(34), 503, "a-third")] };
        var missed = Reading(35, null) with { Session = 2, SessionId = "a-third" };

        IsClean(told with { Readings = [.. Clean.Readings, missed] });
        Violates("accepted and found", told with { Readings = [.. Clean.Readings, missed with { View = new() { Status = "processing" } }] });
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(400)]
    public void An_error_but_503_is_told(int code) => Violates("answers", Clean with { Calls = [Call(30, code)] });

    [Fact]
    public void A_503_says_when_to_come_back()
    {
        Violates("answers", Clean with { Calls = [Call(30, 503)] });
        IsClean(Clean with { Calls = [Call(30, 503) with { HasRetryAfter = true }] });
    }

    [Fact]
    public void A_broken_connection_needs_a_fault_of_its_gateway()
    {
        Violates("answers", Clean with { Calls = [Call(30, 0)] });
        Violates("answers", Clean with { Calls = [Call(30, 0)], Outages = [Outage("kill", "gateway-2", 29, 31)] });
        IsClean(Clean with { Calls = [Call(30, 0)], Outages = [Outage("kill", "gateway-1", 29, 31)] });
    }
}
