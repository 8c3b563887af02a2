using BlueEdge.Soak.Faults;
using BlueEdge.Soak.History;
using BlueEdge.Soak.Load;

namespace BlueEdge.Soak.Tests.Plans;

public sealed class PlansTests
{
    private static readonly string[] Parts = ["gateway-1", "gateway-2", "host-1", "host-2", "kafka", "redis", "silo-1", "silo-2"];

    [Fact]
    public void The_same_seed_gives_the_same_faults()
    {
        Assert.Equal(Faults(7), Faults(7));
        Assert.NotEqual(Faults(7), Faults(8));
    }

    [Fact]
    public void The_same_seed_gives_the_same_sessions()
    {
        Assert.Equal(Bodies(7), Bodies(7));
        Assert.NotEqual(Bodies(7), Bodies(8));
    }

    [Fact]
    public void An_hour_has_every_kind_of_fault_for_every_role()
    {
        var faults = FaultPlan.Create(7, TimeSpan.FromHours(1), Parts);

        foreach (var role in new[] { "gateway", "host", "kafka", "redis", "silo" })
        {
            foreach (var fault in new[] { Outage.Kill, Outage.Stop, Outage.Pause })
            {
                Assert.Contains(faults, one => one.Fault == fault && one.Parts[0].StartsWith(role, StringComparison.Ordinal));
            }
        }

        Assert.Contains(faults, one => one.Parts.Length == Parts.Length);
        Assert.All(faults.Where(one => one.Fault == Outage.Pause), one => Assert.InRange(one.For.TotalSeconds, 1, 20));
    }

    [Fact]
    public void An_update_has_each_of_our_parts_once_in_the_order_of_the_roles()
    {
        var updates = UpdatePlan.Create(TimeSpan.FromSeconds(76), Parts, ["host", "gateway", "silo"]);

        Assert.Equal(["host-1", "host-2", "gateway-1", "gateway-2", "silo-1", "silo-2"], updates.Select(one => Assert.Single(one.Parts)));
        Assert.Equal([8, 18, 28, 38, 48, 58], updates.Select(one => one.At.TotalSeconds));
        Assert.All(updates, one => Assert.Equal((Outage.Stop, true), (one.Fault, one.Updates)));
    }

    [Fact]
    public void A_load_has_every_kind_of_session() =>
        Assert.Equal(12, Enumerable.Range(0, 1_000).Select(number => LoadPlan.Create(7, number).Kind).Distinct().Count());

    private static string Faults(int seed) => string.Join('\n', FaultPlan.Create(seed, TimeSpan.FromMinutes(5), Parts));

    private static string Bodies(int seed) => string.Join('\n', Enumerable.Range(0, 50).Select(number => LoadPlan.Create(seed, number)).Select(session => $"{session.Body} {session.Key} {session.StopAfter}"));
}
