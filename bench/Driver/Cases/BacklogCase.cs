using BlueEdge.Driver.Measuring;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>What a long queue costs those who need not wait.</summary>
internal sealed class BacklogCase : ICase
{
    private const int Few = 1_000;

    public string Name => "backlog";

    public string Description =>
        "The sessions of the case `sessions` at 50 in flight while others wait in the queue of the same engine, for they need another one too that is busy: with 100,000 and with 1,000,000 pending against 1,000 pending, processes in turns. A quick run leaves the million out.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        var few = await StartAsync(place, Few);
        List<(int Pending, Subject Subject)> many = [];
        foreach (var pending in (int[])(place.IsQuick ? [100_000] : [100_000, 1_000_000]))
        {
            many.Add((pending, await StartAsync(place, pending)));
        }

        var turns = await place.TakeTurnsAsync(50, [few, .. many.Select(each => each.Subject)]);
        place.Notes.Add("BlueEdge is the column with the longer queue, the peer the one with 1,000 pending.");
        return [.. many.SelectMany(each => Figures(each.Pending, turns[each.Subject], turns[few]))];
    }

    private static IEnumerable<Figure> Figures(int pending, IReadOnlyList<Turn> many, IReadOnlyList<Turn> few)
    {
        var with = FormattableString.Invariant($"with {pending:N0} pending, against 1,000");
        return
        [
            Figure.Of($"sessions/s {with}", new(0.8, IsAtLeast: true), many.Select(turn => turn.Load.PerSecond), few.Select(turn => turn.Load.PerSecond)),
            Figure.Of($"p99 ms {with}", new(2, IsAtLeast: false), many.Select(turn => turn.Load.P99), few.Select(turn => turn.Load.P99)),
            Figure.Of($"CPU ms a session {with}", null, many.Select(turn => turn.CpuMillisecondsEach), few.Select(turn => turn.CpuMillisecondsEach)),
        ];
    }

    private static async Task<Subject> StartAsync(Workplace place, int pending)
    {
        var name = FormattableString.Invariant($"pending-{pending}");
        var (silo, address) = await place.StartSiloAsync(name);
        await place.TakeAllDelaySlotsAsync(name, address);
        var filling = await place.StartLoadAsync(name + "-filling", address + "/api/v1/process-workflow", "backlog", 200, "\"sessionId\":");
        var filled = await new Subject(name, filling, []).RunAsync(new(50, 0, 0, pending));
        Workplace.Say(FormattableString.Invariant($"{pending:N0} sessions wait; they were taken at {filled.Load.PerSecond:N0}/s"));
        using (var sessions = new SessionClient(address))
        {
            var waiting = await sessions.CountWaitingAsync("relay");
            if (waiting < pending)
            {
                throw new BenchException(FormattableString.Invariant($"{pending:N0} sessions were to wait for relay, and {waiting:N0} do."));
            }
        }

        return new(FormattableString.Invariant($"BlueEdge with {pending:N0} pending"), await place.StartRelayLoadAsync(name, address), [silo]);
    }
}
