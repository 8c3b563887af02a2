using BlueEdge.Soak.History;
using static BlueEdge.Soak.Tests.Checks.ARun;

namespace BlueEdge.Soak.Tests.Checks;

/// <summary>What becomes of sessions.</summary>
public sealed class EndsTests
{
    [Fact]
    public void A_clean_run_is_clean() => IsClean(Clean);

    [Fact]
    public void An_end_that_changes_is_told() =>
        Violates("one end", Clean with { Readings = [.. Clean.Readings, Reading(30, End with { Status = "failed" })] });

    [Fact]
    public void An_end_that_is_taken_back_is_told() =>
        Violates("one end", Clean with { Readings = [.. Clean.Readings, Reading(30, new() { Status = "processing" })] });

    [Fact]
    public void Results_that_change_after_the_end_are_told() =>
        Violates("one end", Clean with { Readings = [.. Clean.Readings, Reading(30, End with { Items = ["1", "2"] })] });

    [Fact]
    public void A_look_that_began_before_the_end_was_known_may_still_see_it_run() =>
        IsClean(Clean with { Readings = [.. Clean.Readings, new(0, Id, "gateway-2", At(10.3), At(12), new() { Status = "processing" })] });

    [Fact]
    public void An_attempt_that_goes_back_is_told() => Violates("one end", Clean with
    {
        Readings = [.. Clean.Readings, Reading(10.3, new() { Status = "processing", Attempt = 2 }), Reading(10.6, new() { Status = "processing" })],
    });

    [Fact]
    public void A_lost_item_is_told() => Violates("exact results", Clean.EndsAs(End with { Items = ["1", "3"] }));

    [Fact]
    public void A_doubled_item_is_told() => Violates("exact results", Clean.EndsAs(End with { Items = ["1", "2", "2", "3"] }));

    [Fact]
    public void Items_in_another_order_are_told() => Violates("exact results", Clean.EndsAs(End with { Items = ["1", "3", "2"] }));

    [Fact]
    public void Items_of_several_writers_may_be_mixed()
    {
        var mixed = Clean.Planned(Session with { Expected = Session.Expected with { Order = ItemOrder.Mixed, Writers = 2 } });

        IsClean(mixed.EndsAs(End with { Items = ["1", "2", "1", "2", "3", "3"] }));
        Violates("exact results", mixed.EndsAs(End with { Items = ["1", "3", "1", "2", "2", "3"] }));
        Violates("exact results", mixed.EndsAs(End with { Items = ["1", "2", "3", "1", "2"] }));
    }

    [Fact]
    public void The_latest_may_leave_out_all_but_the_last()
    {
        var latest = Clean.Planned(Session with { Expected = Session.Expected with { Order = ItemOrder.Latest } });

        IsClean(latest.EndsAs(End with { Items = ["1", "3"] }));
        Violates("exact results", latest.EndsAs(End with { Items = ["1", "2"] }));
        Violates("exact results", latest.EndsAs(End with { Items = ["2", "1", "3"] }));
        Violates("exact results", latest.EndsAs(End with { Items = [] }));
    }

    [Fact]
    public void What_was_to_fail_and_finished_is_told() =>
        Violates("exact results", Clean.Planned(Session with { Expected = new("failed") { Reason = "told to fail" } }));

    [Fact]
    public void A_failure_with_retries_left_is_told() => Violates("no failure without cause", Clean.EndsAs(End with { Status = "failed", Reason = Lost }));

    [Fact]
    public void A_failure_after_all_retries_is_told_too() => Violates("no failure without cause", (Clean with { Outages = [Outage("kill", "host-1", 5, 6)] })
        .EndsAs(End with { Status = "failed", Reason = Lost, Attempt = 4, FormerReasons = [Lost, Lost, Lost] }));

    [Fact]
    public void Without_retries_it_may_fail_where_a_fault_took_its_engine()
    {
        var once = Clean.Planned(Session with { Retries = 0 }).EndsAs(End with { Status = "failed", Reason = Lost });

        IsClean(once with { Outages = [Outage("kill", "host-1", 10.5, 12)] });
        Violates("no failure without cause", once);
        Violates("no failure without cause", once with { Outages = [Outage("kill", "gateway-1", 10.5, 12)] });
    }

    [Fact]
    public void A_reason_that_no_fault_explains_is_told() => Violates("no failure without cause", (Clean with { Outages = [Outage("kill", "host-1", 10.5, 12)] })
        .Planned(Session with { Retries = 0 }).EndsAs(End with { Status = "failed", Reason = "NullReferenceException" }));

    [Fact]
    public void Results_are_lost_with_a_killed_Redis_alone()
    {
        var again = Clean.EndsAs(End with { Attempt = 2, FormerReasons = ["The store has 1 of the 3 results of channel 'out' that it had: it was set back, as a Redis is."] });

        IsClean(again with { Outages = [Outage("kill", "redis", 9, 10)] });
        Violates("no failure without cause", again with { Outages = [Outage("pause", "redis", 9, 10)] });
        Violates("no failure without cause", again with { Outages = [Outage("kill", "host-1", 9, 10)] });
    }

    [Fact]
    public void An_engine_is_not_lost_with_a_killed_Redis() => Violates(
        "no failure without cause", Clean.EndsAs(End with { Attempt = 2, FormerReasons = [Lost] }) with { Outages = [Outage("kill", "redis", 9, 10)] });

    [Fact]
    public void A_former_attempt_without_a_cause_is_told() => Violates("no failure without cause", Clean.EndsAs(End with { Attempt = 2, FormerReasons = [Lost] }));

    [Fact]
    public void What_fails_by_itself_has_all_its_attempts()
    {
        var fail = Clean.Planned(Session with { Retries = 1, Expected = new("failed") { Reason = "told to fail" } });

        IsClean(fail.EndsAs(End with { Status = "failed", Reason = "told to fail", FormerReasons = ["told to fail"], Items = [] }));
        Violates("no failure without cause", fail.EndsAs(End with { Status = "failed", Reason = "told to fail", Items = [] }));
    }

    [Fact]
    public void An_end_that_nobody_asked_for_is_told() => Violates("no failure without cause", Clean.EndsAs(End with { Status = "canceled" }));

    [Fact]
    public void What_was_accepted_and_is_not_found_is_told() =>
        Violates("accepted and found", Clean with { Readings = [.. Clean.Readings, Reading(40, null)] });

    [Fact]
    public void After_its_retention_it_need_not_be_found() =>
        IsClean(Clean with { Limits = Clean.Limits with { Retention = At(20) }, Readings = [.. Clean.Readings, Reading(40, null)] });

    [Fact]
    public void Its_retention_begins_with_its_end_though_its_submission_was_answered_later()
    {
        var run = Clean with { Limits = Clean.Limits with { Retention = At(20) } };

        IsClean((run with { Readings = [.. run.Readings, Reading(27, null)] }).EndsAs(End with { EndedAt = run.Began + At(5) }));
        Violates("accepted and found", (run with { Readings = [.. run.Readings, Reading(22, null)] }).EndsAs(End with { EndedAt = run.Began + At(5) }));
    }

    [Fact]
    public void What_has_no_end_is_told() =>
        Violates("accepted and found", Clean with { Readings = [.. Clean.Readings.Where(reading => reading.SessionId != Id), Reading(90, new() { Status = "pending" })] });
}
