using System.Globalization;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>How long items are under way.</summary>
internal sealed class DirectCase : ICase
{
    public string Name => "direct";

    public string Description =>
        "How long an item is under way in a running session, embedded mode, direct channels: from an engine that writes 200 items/s through three `relay` nodes to one that reads them. One clock, for all is one process; there is no peer, and the goal is absolute.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        var (_, address) = await place.StartSiloAsync("blueedge", "BenchEngines");
        using var sessions = new SessionClient(address);
        await MeasureAsync(sessions, place.FirstWarmUp);
        List<(double P50, double P99)> rounds = [];
        for (var round = 0; round < place.Rounds; round++)
        {
            rounds.Add(await MeasureAsync(sessions, place.WarmUp + place.Seconds));
            Workplace.Say(FormattableString.Invariant($"round {round + 1}: p50 {rounds[^1].P50:N3} ms, p99 {rounds[^1].P99:N3} ms"));
        }

        return
        [
            Figure.Of("item p50 ms through 3 engines", new(1, IsAtLeast: false, IsOfOurs: true), rounds.Select(round => round.P50)),
            Figure.Of("item p99 ms through 3 engines", null, rounds.Select(round => round.P99)),
        ];
    }

    private static async Task<(double P50, double P99)> MeasureAsync(SessionClient sessions, double seconds)
    {
        var items = (int)(200 * seconds);
        var result = await sessions.RunAsync(Workplace.Body("direct"), ("items", items.ToString(CultureInfo.InvariantCulture)));

        // The last engine leaves the first tenth out.
        if (result.GetProperty("items").GetInt32() != items - (items / 10))
        {
            throw new BenchException($"Of {items} items not all arrived: {result}");
        }

        return (result.GetProperty("p50").GetDouble(), result.GetProperty("p99").GetDouble());
    }
}
