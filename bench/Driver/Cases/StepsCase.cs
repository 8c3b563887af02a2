using System.Globalization;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>What a session takes, step by step.</summary>
internal sealed class StepsCase : ICase
{
    /// <summary>Fewer a session are the processes' own, and not the sessions'.</summary>
    private const double Least = 0.02;

    private static readonly int[] InFlight = [1, 50];

    public string Name => "steps";

    public bool TakesTurns => false;

    public string Description =>
        "What all processes that serve do for one session of the case `sessions`, by counters in them (`Counting`): one embedded process, and clusters of a gateway, a core silo and one or four engine hosts with their Redis, at 1 and at 50 in flight. Counts, not times; there is no peer.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        List<(string Name, IReadOnlyDictionary<string, double> Each)> columns = [];
        foreach (var start in (Func<Workplace, Task<(string Name, Subject Subject, Counted Counted)>>[])[StartEmbeddedAsync, place => StartClusterAsync(place, 1), place => StartClusterAsync(place, 4)])
        {
            var (name, subject, counted) = await start(place);
            await subject.RunAsync(new(50, 0, subject.Processes * place.FirstWarmUp));
            foreach (var inFlight in InFlight)
            {
                var sessions = place.IsQuick ? 500 : 3_000;
                await subject.RunAsync(new(inFlight, 0, 0, sessions));
                var before = await counted.ReadAsync();
                await subject.RunAsync(new(inFlight, 0, 0, sessions));
                var after = await counted.ReadAsync();
                columns.Add(($"{name}, {inFlight}", after.ToDictionary(count => count.Key, count => (count.Value - before.GetValueOrDefault(count.Key)) / sessions, StringComparer.Ordinal)));
                Workplace.Say($"{columns[^1].Name} in flight: counted");
            }
        }

        place.Notes.Add("All counters that come to anything, a session; the columns are the processes, and how many sessions were in flight:\n\n" + Table(columns));
        return [.. columns.SelectMany(column => Steps.All.Select(step => Figure.Of($"{column.Name} in flight: {step.Name}", null, [step.Of(column.Each)])))];
    }

    private static async Task<(string Name, Subject Subject, Counted Counted)> StartEmbeddedAsync(Workplace place)
    {
        Counted counted = new(place, "embedded");
        return ("embedded", await place.StartRelaysAsync("embedded", counted.Settings), counted);
    }

    private static async Task<(string Name, Subject Subject, Counted Counted)> StartClusterAsync(Workplace place, int hosts)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"1+{hosts}");
        Counted counted = new(place, name);
        var (subject, cluster) = await Cluster.StartAsync(place, 1, hosts, counted.Settings);
        counted.RedisPort = cluster.Redis.Split(':')[1];
        return (name, subject, counted);
    }

    private static string Table(List<(string Name, IReadOnlyDictionary<string, double> Each)> columns) => string.Join(
        '\n',
        [
            $"| each session | {string.Join(" | ", columns.Select(column => column.Name))} |",
            $"|---|{string.Concat(columns.Select(_ => "---:|"))}",
            .. from count in columns.SelectMany(column => column.Each.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
               where columns.Any(column => Math.Abs(column.Each.GetValueOrDefault(count)) >= Least)
               select $"| {count} | {string.Join(" | ", columns.Select(column => column.Each.GetValueOrDefault(count).ToString("#,0.##", CultureInfo.InvariantCulture)))} |",
        ]);
}
