using BlueEdge.Grains.Scheduling;
using BlueEdge.Scheduling;
using CsCheck;

namespace BlueEdge.Grains.Tests.Scheduling.Matching;

/// <summary>The promises of scheduling, over random domains with several engines, disturbed in every way.</summary>
public sealed class PromiseTests
{
    private const int Cases = 10_000;

    [Theory, InlineData(1, RankScope.Tenant), InlineData(3, RankScope.Tenant), InlineData(3, RankScope.Global), InlineData(3, RankScope.Tenant, true), InlineData(3, RankScope.Global, true)]
    public void An_instance_never_has_more_sessions_than_slots(int tenants, RankScope scope, bool bounded = false) => Ops.Busy.Sample(
        ops =>
        {
            World? world = null;
            world = new World(tenants, scope: scope, bounded: bounded)
            {
                OnStart = (_, grant) =>
                {
                    foreach (var leases in grant.Leases.GroupBy(lease => lease.Instance, StringComparer.Ordinal))
                    {
                        var host = world!.Ledger.Hosts[leases.Key];
                        Assert.False(host.Draining);
                        Assert.True(host.Leased + leases.Count() <= host.Attendance.Slots);
                    }
                },
                OnSettled = () => Assert.All(
                    world!.Model.Instances,
                    instance => Assert.Equal(world.Ledger.Hosts[instance.Id].Leased, instance.Leased)),
            };
            world.Run(ops);
        },
        iter: Cases);

    [Theory, InlineData(1, RankScope.Tenant), InlineData(3, RankScope.Tenant), InlineData(3, RankScope.Global), InlineData(3, RankScope.Tenant, true), InlineData(3, RankScope.Global, true)]
    public void A_session_gets_all_its_slots_at_once_and_holds_none_while_it_waits(int tenants, RankScope scope, bool bounded = false) => Ops.Busy.Sample(
        ops =>
        {
            World? world = null;
            world = new World(tenants, scope: scope, bounded: bounded)
            {
                OnStart = (waiter, grant) =>
                {
                    var expected = waiter.Request.Demands.SelectMany(demand => Enumerable.Repeat(demand.Engine, demand.Slots));
                    Assert.Equal(expected, grant.Leases.Select(lease => lease.Engine), StringComparer.Ordinal);
                    Assert.Equal(waiter.Request.Epoch, grant.Epoch);
                },
                OnSettled = () =>
                {
                    Assert.Equal(world!.Ledger.Waiting.Count, world.Model.Pending);
                    Assert.Equal(world.Ledger.Leased.Count, world.Model.Leased);
                    Assert.All(world.Model.Engines, engine => Assert.Equal(world.Ledger.Free(engine.Id), engine.Supply.Free));
                },
            };
            world.Run(ops);
        },
        iter: Cases);

    [Theory, InlineData(1, RankScope.Tenant), InlineData(3, RankScope.Tenant), InlineData(3, RankScope.Global), InlineData(3, RankScope.Tenant, true), InlineData(3, RankScope.Global, true)]
    public void Rank_then_age_decides_among_a_tenants_sessions_that_want_the_same_engines(int tenants, RankScope scope, bool bounded = false) => Ops.Busy.Sample(
        ops =>
        {
            World? world = null;
            world = new World(tenants, scope: scope, bounded: bounded)
            {
                OnStart = (waiter, _) =>
                {
                    Assert.True(world!.Ledger.CanStart(waiter));
                    var ahead = world.Ledger.InOrder().TakeWhile(other => other != waiter);
                    Assert.DoesNotContain(ahead, other => other.IsOfTenantOf(waiter) && other.Competes(waiter) && world.Ledger.CanStart(other));
                },
            };
            world.Run(ops);
        },
        iter: Cases);

    [Theory, InlineData(1, RankScope.Tenant), InlineData(3, RankScope.Tenant), InlineData(3, RankScope.Global), InlineData(3, RankScope.Tenant, true), InlineData(3, RankScope.Global, true)]
    public void The_slots_of_a_session_passed_over_too_often_are_left_to_it(int tenants, RankScope scope, bool bounded = false) => Ops.Busy.Sample(
        ops =>
        {
            World? world = null;
            world = new World(tenants, scope: scope, bounded: bounded)
            {
                OnStart = (waiter, _) =>
                {
                    foreach (var demand in waiter.Request.Demands)
                    {
                        var claimant = world!.Ledger.Claimant(demand.Engine);
                        var left = world.Ledger.Free(demand.Engine) - demand.Slots;
                        Assert.True(
                            claimant is null || claimant == waiter || left >= claimant.Needs(demand.Engine) ||
                            world.Ledger.IsBefore(demand.Engine, waiter, claimant));
                    }
                },
            };
            world.Run(ops);
        },
        iter: Cases);

    [Theory, InlineData(1, RankScope.Tenant), InlineData(3, RankScope.Tenant), InlineData(3, RankScope.Global), InlineData(3, RankScope.Tenant, true), InlineData(3, RankScope.Global, true)]
    public void A_session_passed_over_too_often_starts_when_those_that_run_have_ended(int tenants, RankScope scope, bool bounded = false) => Gen.Select(Ops.Busy, Gen.Int[0, 10_000].Array[200]).Sample(
        (ops, picks) =>
        {
            var world = new World(tenants, scope: scope, bounded: bounded);
            world.Run(ops);
            foreach (var (pick, later) in picks.Select((pick, place) => (pick, DateTimeOffset.UnixEpoch.AddSeconds(1 + place))))
            {
                // Whoever comes now has the highest rank and is younger than those who wait, and something ends only after it came: any, or what runs longest, so that all ends.
                world.Send(Assert.IsType<EnlistRequest>(world.ToMessage(new(OpKind.Enlist, pick, pick / 3, pick / 5))) with { Rank = int.MaxValue, SubmittedAt = later });
                if (world.Ledger.Leased.Count > 0)
                {
                    world.Send(World.Finish(world.Ledger.Leased[pick % 2 == 0 ? 0 : pick % world.Ledger.Leased.Count]));
                }
            }

            Assert.DoesNotContain(
                world.Ledger.Waiting,
                waiter => world.Ledger.CanBeServed(waiter) && waiter.Request.Rank < int.MaxValue);
        },
        iter: tenants == 1 ? Cases : Cases / 5);

    [Theory, InlineData(1, RankScope.Tenant), InlineData(3, RankScope.Tenant), InlineData(3, RankScope.Global), InlineData(3, RankScope.Tenant, true), InlineData(3, RankScope.Global, true)]
    public void No_session_waits_that_could_start(int tenants, RankScope scope, bool bounded = false) => Ops.Busy.Sample(
        ops =>
        {
            World? world = null;
            world = new World(tenants, scope: scope, bounded: bounded)
            {
                OnSettled = () => Assert.DoesNotContain(world!.Ledger.Waiting, world.Ledger.CanStart),
            };
            world.Run(ops);
        },
        iter: Cases);

    [Theory, InlineData(1, RankScope.Tenant), InlineData(3, RankScope.Tenant), InlineData(3, RankScope.Global), InlineData(3, RankScope.Tenant, true), InlineData(3, RankScope.Global, true)]
    public void Demand_is_what_waits_and_what_is_leased(int tenants, RankScope scope, bool bounded = false) => Ops.Busy.Sample(
        ops =>
        {
            World? world = null;
            world = new World(tenants, scope: scope, bounded: bounded)
            {
                OnSettled = () => Assert.All(world!.Model.Engines, engine =>
                {
                    Assert.Equal(world.Ledger.Waiting.Sum(waiter => waiter.Needs(engine.Id)), engine.WaitingNodes);
                    Assert.Equal(world.Ledger.Leased.Sum(holder => holder.HeldOf(engine.Id)), engine.LeasedNodes);
                }),
            };
            world.Run(ops);
        },
        iter: Cases);

    [Theory, InlineData(1, RankScope.Tenant), InlineData(3, RankScope.Tenant), InlineData(3, RankScope.Global), InlineData(3, RankScope.Tenant, true), InlineData(3, RankScope.Global, true)]
    public void A_slot_comes_from_the_instance_with_most_free_ones_and_among_equals_from_a_warm_one(int tenants, RankScope scope, bool bounded = false) => Ops.Busy.Sample(
        ops =>
        {
            World? world = null;
            world = new World(tenants, scope: scope, bounded: bounded)
            {
                OnStart = (_, grant) =>
                {
                    foreach (var engine in grant.Leases.GroupBy(lease => lease.Engine, StringComparer.Ordinal))
                    {
                        CheckSpread(world!.Ledger, engine.Key, [.. engine.Select(lease => lease.Instance)]);
                    }
                },
            };
            world.Run(ops);
        },
        iter: Cases);

    [Theory, InlineData(RankScope.Tenant), InlineData(RankScope.Global)]
    public void A_tenant_never_holds_more_slots_of_an_engine_than_it_may(RankScope scope) => Ops.Busy.Sample(
        ops =>
        {
            World? world = null;
            world = new World(tenants: 3, scope: scope, bounded: true)
            {
                OnSettled = () => Assert.All(world!.Model.Engines, engine =>
                {
                    Assert.All([null, "b", "c"], tenant => Assert.True(world.Ledger.Room(engine.Id, tenant) >= 0));
                    Assert.Equal(world.Ledger.Wanted(engine.Id), engine.WantedNodes);
                }),
            };
            world.Run(ops);
        },
        iter: Cases);

    [Fact]
    public void Instances_that_came_empty_differ_by_one_session_at_most_while_sessions_come() => Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[1, 3].Array[1, 20]).Sample(
        (instances, slots, widths) =>
        {
            var world = new World();
            for (var i = 0; i < instances; i++)
            {
                world.Send(World.Attendance($"instance-{i}", World.EngineId(0), slots));
            }

            foreach (var (width, i) in widths.Select((width, i) => (width, i)))
            {
                world.Send(World.Request(i, (World.EngineId(0), width)));
                var leased = world.Model.Instances.Select(instance => instance.Leased).ToList();
                Assert.InRange(leased.Max() - leased.Min(), 0, 1);
            }
        },
        iter: Cases);

    [Fact]
    public void Positions_and_what_a_session_waits_for_are_exact() => Ops.Busy.Sample(
        ops =>
        {
            World? world = null;
            world = new World { OnSettled = () => Assert.All(world!.Ledger.Waiting, waiter => CheckPosition(world, waiter)) };
            world.Run(ops);
        },
        iter: Cases);

    [Theory, InlineData(1, RankScope.Tenant), InlineData(3, RankScope.Tenant), InlineData(3, RankScope.Global), InlineData(3, RankScope.Tenant, true), InlineData(3, RankScope.Global, true)]
    public void What_is_late_or_comes_twice_changes_nothing(int tenants, RankScope scope, bool bounded = false) => Ops.Busy.Sample(
        ops =>
        {
            var world = new World(tenants, scope: scope, bounded: bounded)
            {
                OnChanges = (means, changes) => Assert.True(means || (changes.IsEmpty && changes.Granted.Count == 0)),
            };
            world.Run(ops);
        },
        iter: Cases);

    // The leases are those of one session, grouped by instance: some order of them took the fullest-free one each time.
    private static void CheckSpread(Ledger ledger, string engine, List<string> leases)
    {
        var free = ledger.Ready(engine).ToDictionary(host => host.Attendance.Instance, host => (host.Free, host.Warm), StringComparer.Ordinal);
        while (leases.Count > 0)
        {
            var best = free.Values.Max();
            var chosen = leases.FirstOrDefault(lease => free[lease] == best);
            Assert.NotNull(chosen);
            leases.Remove(chosen);
            free[chosen] = (free[chosen].Free - 1, true);
        }
    }

    private static void CheckPosition(World world, Waiter waiter)
    {
        var ledger = world.Ledger;
        var position = Assert.IsType<QueuePosition>(world.Model.FindPosition(waiter.Request.SessionId));
        var places = waiter.Request.Demands.ToDictionary(
            demand => demand.Engine,
            demand => ledger.Queue(demand.Engine, waiter.Tenant).TakeWhile(other => other != waiter).Count() + 1,
            StringComparer.Ordinal);
        var seenFrom = waiter.Request.Demands.First(demand => places[demand.Engine] == places.Values.Max()).Engine;
        var lacking = waiter.Request.Demands
            .Where(demand => ledger.Available(demand.Engine, waiter) < demand.Slots)
            .Select(demand => new EngineShortage
            {
                Engine = demand.Engine,
                LackingSlots = Math.Max(0, demand.Slots - ledger.Free(demand.Engine)),
                Instances = ledger.Ready(demand.Engine).Count(),
                NeededSlots = demand.Slots,
                Slots = ledger.Capacity(demand.Engine),
            });

        Assert.Equal(places[seenFrom], position.Current);
        Assert.Equal(ledger.Queue(seenFrom, waiter.Tenant).Count(), position.TotalPending);
        Assert.Equal(ledger.Leased.Count(holder => !holder.Confirmed && holder.HeldOf(seenFrom) > 0), position.TotalQueuing);
        Assert.Equal(lacking, position.WaitsFor);
        Assert.NotEmpty(position.WaitsFor);
    }
}
