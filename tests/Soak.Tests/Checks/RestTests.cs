using BlueEdge.Soak.History;
using static BlueEdge.Soak.Tests.Checks.ARun;

namespace BlueEdge.Soak.Tests.Checks;

/// <summary>Gaps, and how things are at the end.</summary>
public sealed class RestTests
{
    private static readonly SoakHistory WithGap = Clean with
    {
        Submissions = [.. Clean.Submissions.Where(submission => submission.Ended <= At(30) || submission.Ended >= At(70))],
    };

    [Fact]
    public void A_long_time_without_an_accepted_session_is_told() => Violates("gaps", WithGap);

    [Fact]
    public void While_no_gateway_or_no_silo_or_no_Redis_runs_it_counts_not()
    {
        IsClean(WithGap with { Outages = [Outage("kill", "redis", 30, 50)] });
        IsClean(WithGap with { Outages = [Outage("pause", "silo-1", 31, 60)] });
        IsClean(WithGap with { Outages = [Outage("kill", "gateway-1", 30, 60), Outage("kill", "gateway-2", 40, 60)] });
        Violates("gaps", WithGap with { Outages = [Outage("kill", "gateway-1", 30, 60)] });
        Violates("gaps", WithGap with { Outages = [Outage("kill", "redis", 30, 38)] });
    }

    [Fact]
    public void What_still_waits_or_works_at_the_end_is_told()
    {
        Violates("at rest", WithEngine(new("gateway-1", "relay", 1, 0, 1, 0, 0, 256, 256)));
        Violates("at rest", WithEngine(new("gateway-1", "relay", 0, 1, 1, 0, 0, 256, 256)));
        Violates("at rest", WithEngine(new("gateway-1", "relay", 0, 0, 1, 0, 1, 256, 255)));
        Violates("at rest", WithEngine(new("gateway-1", "relay", 0, 0, 1, 0, 0, 256, 250)));
    }

    [Fact]
    public void A_host_that_does_not_come_back_is_told()
    {
        Violates("at rest", WithEngine(new("gateway-1", "relay", 0, 0, 0, 0, 0, 0, 0)));
        Violates("at rest", Clean with { Rest = Clean.Rest! with { NotReady = ["host-1 is not ready"] } });
        Violates("at rest", Clean with { Rest = null });
    }

    [Fact]
    public void Lists_have_each_ended_session_once_where_it_belongs()
    {
        Violates("lists", WithLists(new ListedSessions("gateway-1", "finished", ["another"])));
        Violates("lists", WithLists(new ListedSessions("gateway-1", "finished", [Id, Id, "another"])));
        Violates("lists", WithLists(new("gateway-1", "finished", [Id, "another"]), new("gateway-1", "pending", [Id])));
    }

    [Theory]
    [InlineData($"blueedge/session/{Id}")]
    [InlineData($"blueedge/results/{Id}/1/Out")]
    [InlineData($"blueedge/result-sequences/{Id}/1/Out")]
    [InlineData($"blueedge/dead-letters/{Id}")]
    [InlineData($"blueedge/input/{Id}/In")]
    [InlineData($"blueedge/input-items/{Id}/In")]
    [InlineData("blueedge/sessions/Waiting")]
    [InlineData("blueedge/scheduler/default/attempts")]
    [InlineData("blueedge/scheduler/default/losses")]
    [InlineData("__engine_pending_list_relay__")]
    [InlineData("something")]
    public void A_key_that_stays_for_ever_is_told(string key) => Violates("keys", Clean with { Rest = Clean.Rest! with { Keys = [new(key, false)] } });

    [Theory]
    [InlineData("blueedge/layout")]
    [InlineData("blueedge/grains/webhook/a%2Fb/endpoint")]
    public void A_key_that_may_stay_is_not(string key) => IsClean(Clean with { Rest = Clean.Rest! with { Keys = [new(key, false)] } });

    [Fact]
    public void Much_memory_is_told() => Violates("memory", Clean with { Memory = [new("silo-1", At(5), 2L << 30)] });

    [Fact]
    public void An_error_in_a_log_is_told() =>
        Violates("log", Clean with { Log = [new("silo-1", 5, "2026-01-01 00:00:00.000 fail: BlueEdge.Grains.Scheduling.SchedulerGrain[1] It does not go on.")] });

    [Fact]
    public void An_answer_that_cannot_be_sent_is_told_though_its_connection_may_break()
    {
        const string Line = "2026-01-01 00:00:00.000 fail: Orleans.Runtime.Messaging.Connection[1] Exception sending message";

        IsClean(Clean with { Log = [new("silo-1", 5, $"{Line} ConnectionResetException")] });
        Violates("log", Clean with { Log = [new("silo-1", 5, $"{Line} Orleans.Serialization.CodecNotFoundException")] });
    }

    [Fact]
    public void A_part_that_ends_by_itself_is_told_though_it_had_hung()
    {
        Violates("parts", Clean with { Outages = [Outage("ended by itself", "silo-1", 30, 31)] });
        Violates("parts", Clean with { Outages = [Outage("pause", "silo-1", 20, 30), Outage("ended by itself", "silo-1", 30, 31)] });
        Violates("parts", Clean with { Outages = [Outage("pause", "gateway-1", 20, 30), Outage("ended by itself", "gateway-1", 30, 31)] });
    }

    [Fact]
    public void A_part_that_does_not_stop_is_told() => Violates("parts", Clean with { Outages = [Outage("did not stop", "silo-1", 30, 31)] });

    private static SoakHistory WithEngine(EngineAtRest engine) => Clean with { Rest = Clean.Rest! with { Engines = [engine] } };

    private static SoakHistory WithLists(params ListedSessions[] lists) => Clean with { Rest = Clean.Rest! with { Lists = [.. lists] } };
}
