using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Scheduling.Matching;
using CsCheck;

namespace BlueEdge.Grains.Tests.Scheduling.Matching;

/// <summary>What the promise of fairness between tenants says.</summary>
public sealed class FairnessTests
{
    private const int Cases = 10_000;
    private const string Engine = "engine";
    private const string Flooding = "flooding";
    private const string Other = "other";

    [Theory, InlineData(RankScope.Tenant), InlineData(RankScope.Global)]
    public void Among_sessions_that_wait_for_one_engine_those_come_first_whose_tenant_has_less_of_it(RankScope scope) => Ops.Busy.Sample(
        ops =>
        {
            World? world = null;
            world = new World(tenants: 3, scope: scope)
            {
                OnStart = (waiter, _) => Assert.DoesNotContain(
                    world!.Ledger.Waiting,
                    other => waiter.Request.Demands.Length == 1 && other.Request.Demands.Length == 1
                        && string.Equals(waiter.Request.Demands[0].Engine, other.Request.Demands[0].Engine, StringComparison.Ordinal)
                        && !other.IsOfTenantOf(waiter)
                        && world.Ledger.IsBefore(waiter.Request.Demands[0].Engine, other, waiter)
                        && world.Ledger.CanStart(other)
                        && !IsAheadOfAnotherTurn(world.Ledger, waiter)),
            };
            world.Run(ops);
        },
        iter: Cases);

    /// <summary>
    /// It is ahead of one of its tenant that competes with it and waits for another engine, where it may be the tenant's turn: that one
    /// is not to pass it.
    /// </summary>
    private static bool IsAheadOfAnotherTurn(Ledger ledger, Waiter waiter) =>
        ledger.InOrder().SkipWhile(other => other != waiter).Skip(1).Any(other =>
            other.IsOfTenantOf(waiter) && other.Request.Demands.Length > 1 && other.Competes(waiter) && ledger.CanStart(other));

    /// <summary>Sessions hold their slots for one unit of time, those that run when the flood comes for the rest of theirs.</summary>
    [Theory, InlineData(1, false), InlineData(3, true)]
    public void A_flood_delays_another_tenants_session_by_two_slots_time_at_most(int mostEngines, bool sameWorkflow) => Gen.Select(
        Gen.Int[1, mostEngines],
        Gen.Int[1, 5],
        Gen.Int[0, 1_000_000].Array[20, 150],
        Gen.Int[0, 1_000_000].Array[1, 8],
        Gen.Int[0, 1_000]).Sample(
        (engines, slots, flood, others, when) =>
        {
            Timeline timeline = new(engines, slots);
            foreach (var each in flood)
            {
                timeline.Submit(Flooding, Timeline.Demands(sameWorkflow ? flood[0] : each, engines, slots), rank: each % 3);
            }

            timeline.RunUntil(when / 250d);

            // One after the other, so that a system that is idle but for them starts each at once.
            foreach (var each in others)
            {
                var came = timeline.Now;
                var session = timeline.Submit(Other, Timeline.Demands(sameWorkflow ? flood[0] : each, engines, slots), rank: 0);
                var started = timeline.RunUntilStart(session);
                Assert.True(started - came <= 2 + 1e-9, $"It came at {came} and started at {started}.");
                timeline.RunUntil(started + 1);
            }
        },
        iter: Cases / 5);

    /// <summary>Of another tenant, and of its own: neither can be served before instances come, and neither stands in its way.</summary>
    [Theory, InlineData("third"), InlineData(Other)]
    public void A_session_that_needs_several_slots_starts_past_a_flood_also_behind_one_that_cannot_be_served(string tenant)
    {
        Timeline timeline = new(engines: 1, slots: 2);
        for (var i = 0; i < 200; i++)
        {
            timeline.Submit(Flooding, [(Timeline.Engine(0), 1)], rank: 0);
        }

        timeline.Submit(tenant, [(Timeline.Engine(0), 1), ("absent", 1)], rank: 1);
        timeline.RunUntil(1.5);
        var session = timeline.Submit(Other, [(Timeline.Engine(0), 2)], rank: 0);

        Assert.InRange(timeline.RunUntilStart(session), 1.5, 3.5);
    }

    [Fact]
    public void A_session_that_needs_several_slots_starts_past_a_flood_also_behind_a_tenant_that_holds_all_it_may()
    {
        Timeline timeline = new(engines: 1, slots: 3, Bounds(("third", 1)) with { Weights = Numbers(("third", 10)) });
        timeline.RunUntil(0.1);
        timeline.Submit("third", [(Timeline.Engine(0), 1)], rank: 0, lasts: 1_000);
        timeline.Submit("third", [(Timeline.Engine(0), 1)], rank: 0);
        for (var i = 0; i < 200; i++)
        {
            timeline.Submit(Flooding, [(Timeline.Engine(0), 1)], rank: 0);
        }

        timeline.RunUntil(1.7);
        var session = timeline.Submit(Other, [(Timeline.Engine(0), 2)], rank: 0);

        Assert.InRange(timeline.RunUntilStart(session), 1.7, 3.7);
    }

    [Fact]
    public void A_tenant_at_its_bound_is_passed_by_nobody_where_all_are()
    {
        Timeline timeline = new(engines: 1, slots: 4, Bounds(("one", 2), (Other, 2)));
        timeline.RunUntil(0.1);
        timeline.Submit("one", [(Timeline.Engine(0), 1)], rank: 0, lasts: 1_000);
        timeline.Submit(Other, [(Timeline.Engine(0), 1)], rank: 0, lasts: 1_000);
        timeline.Submit("third", [(Timeline.Engine(0), 2)], rank: 0);
        timeline.Submit("one", [(Timeline.Engine(0), 2)], rank: 0);
        timeline.Submit(Other, [(Timeline.Engine(0), 2)], rank: 0);
        timeline.RunUntilStart(timeline.Submit(Other, [(Timeline.Engine(0), 1)], rank: 0));

        // Its wide session has no room, so that it gathers none either: that is for its others.
        var session = timeline.Submit("one", [(Timeline.Engine(0), 1)], rank: 0);

        Assert.InRange(timeline.RunUntilStart(session), 0, 2);
    }

    [Fact]
    public void A_tenant_at_its_bound_leaves_the_other_slots_to_others_and_its_own_room_to_its_wide_session_that_starves()
    {
        const int Bound = 2;
        Timeline timeline = new(engines: 1, slots: 5, Bounds((Flooding, Bound)));
        for (var i = 0; i < Bound; i++)
        {
            timeline.Submit(Flooding, [(Timeline.Engine(0), 1)], rank: 0);
        }

        var wide = timeline.Submit(Flooding, [(Timeline.Engine(0), Bound)], rank: 0);
        for (var i = 0; i < 2_000; i++)
        {
            timeline.Submit(Flooding, [(Timeline.Engine(0), 1)], rank: 0);
            timeline.Submit(Other, [(Timeline.Engine(0), 1)], rank: 0);
        }

        var started = timeline.RunUntilStart(wide);

        // Its tenant's others pass it as often as they may, and no slot of the other tenant idles while room gathers for it.
        Assert.InRange(timeline.Started(Flooding), 1_000, 1_000 + (2 * Bound));
        Assert.InRange(timeline.Started(Other), (int)(started - 1) * 3, 2_000);
    }

    [Fact]
    public void A_flood_of_ten_thousand_delays_as_many_as_there_are_slots_by_two_slots_time_at_most()
    {
        const int Slots = 4;
        Timeline timeline = new(engines: 1, Slots);
        for (var i = 0; i < 10_000; i++)
        {
            timeline.Submit(Flooding, [(Timeline.Engine(0), 1)], rank: i % 10);
        }

        timeline.RunUntil(10.5);
        var sessions = Enumerable.Range(0, Slots).Select(_ => timeline.Submit(Other, [(Timeline.Engine(0), 1)], rank: 0)).ToList();

        Assert.All(sessions, session => Assert.InRange(timeline.RunUntilStart(session), 10.5, 12.5));
    }

    [Fact]
    public void Tenants_that_always_want_more_have_slots_by_their_weights() => Gen.Select(Gen.Int[1, 4].Array[2, 4], Gen.Int[1, 12], Gen.Int[0, 10_000].Array[200]).Sample(
        (weights, slots, picks) =>
        {
            var names = weights.Select((_, i) => $"tenant-{i}").ToList();
            Timeline timeline = new(engines: 1, slots, new() { Weights = names.Zip(weights).ToDictionary(each => each.First, each => each.Second, StringComparer.Ordinal) });
            foreach (var name in names)
            {
                for (var i = 0; i < picks.Length + slots; i++)
                {
                    timeline.Submit(name, [(Timeline.Engine(0), 1)], rank: 0);
                }
            }

            // What ends is picked, so that sessions last for as long as it happens; after all slots were given anew it is fair.
            foreach (var (pick, i) in picks.Select((pick, i) => (pick, i)))
            {
                timeline.EndOne(pick);
                if (i >= picks.Length / 2)
                {
                    var levels = names.Zip(weights).Select(each => timeline.Held(each.First) / each.Second).ToList();
                    Assert.True(levels.Max() - levels.Min() <= 1, string.Join(' ', levels));
                }
            }
        },
        iter: Cases / 10);

    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(2, 3, 1)]
    [InlineData(4, 3, 1)]
    [InlineData(8, 1, 1)]
    [InlineData(3, 5, 2)]
    public void Tenants_are_served_as_often_as_they_weigh_where_sessions_take_as_long(int slots, int one, int other)
    {
        const double Long = 200;
        Timeline timeline = new(engines: 1, slots, new() { Weights = Numbers(("one", one), ("other", other)) });
        for (var i = 0; i < slots * Long; i++)
        {
            timeline.Submit("one", [(Timeline.Engine(0), 1)], rank: 0);
            timeline.Submit("other", [(Timeline.Engine(0), 1)], rank: 0);
        }

        timeline.RunUntil(Long / 2);

        var share = (double)timeline.Started("one") / (timeline.Started("one") + timeline.Started("other"));
        Assert.InRange(share, ((double)one / (one + other)) - 0.1, ((double)one / (one + other)) + 0.1);
    }

    [Fact]
    public void A_tenant_whose_sessions_are_short_keeps_its_half_beside_one_whose_sessions_are_long()
    {
        Timeline timeline = new(engines: 1, slots: 10);
        for (var i = 0; i < 2_000; i++)
        {
            timeline.Submit("long", [(Timeline.Engine(0), 1)], rank: 0, lasts: 100);
            timeline.Submit("short", [(Timeline.Engine(0), 1)], rank: 0, lasts: 1);
        }

        timeline.RunUntil(250.5);

        Assert.Equal((5, 5), (timeline.Held("long"), timeline.Held("short")));
    }

    [Fact]
    public void Where_ranks_are_compared_across_tenants_none_starts_before_one_of_higher_rank_that_could() => Ops.Busy.Sample(
        ops =>
        {
            World? world = null;
            world = new World(tenants: 3, scope: RankScope.Global)
            {
                OnStart = (waiter, _) => Assert.DoesNotContain(
                    world!.Ledger.Waiting,
                    other => !waiter.Starving && (other.Starving || other.Request.Rank > waiter.Request.Rank) && other.Competes(waiter) && world.Ledger.CanStart(other)),
            };
            world.Run(ops);
        },
        iter: Cases);

    [Fact]
    public void A_place_counts_what_other_tenants_are_due_before()
    {
        var model = new SchedulerModel(bound: 1_000, remembered: 10, new() { Weights = new Dictionary<string, int>(StringComparer.Ordinal) { ["heavy"] = 3 } });
        model.Join(World.Attendance("instance", Engine, 1));
        EnlistRequest Enlist(int number, string tenant)
        {
            var request = World.Request(number, (Engine, 1)) with { Tenant = tenant };
            model.Enlist(request);
            return request;
        }

        Enlist(1, "heavy");
        var all = Enumerable.Range(2, 30).Select(number => Enlist(number, "heavy")).ToList();
        var (first, second) = (Enlist(40, "light"), Enlist(41, "light"));
        var (before, then) = (Place(first), Place(second));

        Assert.Equal((1, 1 + 1 + 2), (before, then));
        Assert.Equal(31 - 1 + 2, model.FindPosition(all[^1].SessionId)?.Current);
        Assert.Equal(32, model.FindPosition(first.SessionId)?.TotalPending);

        int? Place(EnlistRequest request) => model.FindPosition(request.SessionId)?.Current;
    }

    [Fact]
    public void A_place_counts_all_of_higher_rank_where_ranks_are_compared_across_tenants()
    {
        var model = new SchedulerModel(bound: 1_000, remembered: 10, scope: RankScope.Global);
        model.Join(World.Attendance("instance", Engine, 1));
        for (var number = 1; number <= 30; number++)
        {
            model.Enlist(World.Request(number, (Engine, 1)) with { Tenant = Flooding, Rank = number > 20 ? 1 : 0 });
        }

        var request = World.Request(40, (Engine, 1)) with { Tenant = Other };
        model.Enlist(request);

        // Ten of rank 1, and of the others none, for their tenant holds the slot.
        Assert.Equal(11, model.FindPosition(request.SessionId)?.Current);
        Assert.Equal(30, model.FindPosition(SessionKey.Unpack(20))?.Current);
    }

    [Fact]
    public void Tenants_that_have_nothing_any_more_are_forgotten_at_the_engine()
    {
        Timeline timeline = new(engines: 2, slots: 2);
        for (var i = 0; i < 50; i++)
        {
            timeline.Submit($"tenant-{i}", Timeline.Demands(i, 2, 2), rank: 0);
        }

        timeline.RunUntil(100);

        Assert.All(timeline.Model.Engines, engine => Assert.Empty(engine.Shares));
    }

    private static TenantTerms Bounds(params (string Tenant, int Slots)[] each) => new() { Slots = Numbers(each) };

    private static Dictionary<string, int> Numbers(params (string Tenant, int Number)[] each) =>
        each.ToDictionary(one => one.Tenant, one => one.Number, StringComparer.Ordinal);
}
