using BlueEdge.Driver.Measuring;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>What a session costs in a larger cluster.</summary>
internal sealed class GrowthCase : ICase
{
    private static readonly (int Silos, int Hosts)[] Larger = [(1, 2), (1, 4), (2, 2)];

    public string Name => "growth";

    public string Description =>
        "The sessions of the case `sessions` at 50 in flight on clusters from `scripts/cluster` (one gateway, no Kafka). All processes share this machine, so that the figure is the processor time a session of all of them, the store included, against that of one core silo and one engine host.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        var (smallest, _) = await Cluster.StartAsync(place, 1, 1);
        List<Subject> larger = [];
        foreach (var (silos, hosts) in Larger)
        {
            larger.Add((await Cluster.StartAsync(place, silos, hosts)).Subject);
        }

        var turns = await place.TakeTurnsAsync(50, [smallest, .. larger]);
        return
        [
            .. larger.Select((each, index) => Figure.Of(
                $"CPU ms a session with {Name(Larger[index])}, against 1 silo, 1 host",
                new(1.1, IsAtLeast: false),
                turns[each].Select(turn => turn.CpuMillisecondsEach),
                turns[smallest].Select(turn => turn.CpuMillisecondsEach))),
            .. larger.Select((each, index) => Figure.Of(
                $"sessions/s with {Name(Larger[index])}, against 1 silo, 1 host",
                null,
                turns[each].Select(turn => turn.Load.PerSecond),
                turns[smallest].Select(turn => turn.Load.PerSecond))),
        ];

        static string Name((int Silos, int Hosts) size) =>
            FormattableString.Invariant($"{size.Silos} silo{(size.Silos == 1 ? "" : "s")}, {size.Hosts} host{(size.Hosts == 1 ? "" : "s")}");
    }
}
