using BlueEdge.Driver.Measuring;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>How many sessions a second.</summary>
internal sealed class SessionsCase : ICase
{
    public string Name => "sessions";

    public string Description =>
        "Sessions of three `relay` nodes over REST with wait, durable, each answer checked, in a closed loop; against a BullMQ flow of three jobs that is awaited.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        var ours = await place.StartRelaysAsync();
        var bullMq = await place.StartBullMqAsync();
        var always = await place.StartBullMqAsync("always");
        var orleans = await place.StartOrleansAsync();
        var restate = await place.StartRestateAsync();
        var at50 = await place.TakeTurnsAsync(50, ours, bullMq, always, orleans, restate);
        var at500 = await place.TakeTurnsAsync(500, ours, bullMq);
        return
        [
            Figure.Of("sessions/s at 50 in flight, against BullMQ", new(3, IsAtLeast: true, Stretch: 5), Rates(at50[ours]), Rates(at50[bullMq])),
            Figure.Of("sessions/s at 500 in flight, against BullMQ", new(2, IsAtLeast: true, Stretch: 4), Rates(at500[ours]), Rates(at500[bullMq])),
            Figure.Of("sessions/s at 50 in flight, against BullMQ with appendfsync always", null, Rates(at50[ours]), Rates(at50[always])),
            Figure.Of("sessions/s at 50 in flight, against Restate", null, Rates(at50[ours]), Rates(at50[restate])),
            Figure.Of("sessions/s at 50 in flight, against Orleans alone with 4 writes", null, Rates(at50[ours]), Rates(at50[orleans])),
            Figure.Of("servers' CPU ms a session at 50, against BullMQ", null, Cpu(at50[ours]), Cpu(at50[bullMq])),
            Figure.Of("servers' CPU ms a session at 50, against Restate", null, Cpu(at50[ours]), Cpu(at50[restate])),
            Figure.Of("servers' CPU ms a session at 50, against Orleans alone with 4 writes", null, Cpu(at50[ours]), Cpu(at50[orleans])),
        ];
    }

    private static IEnumerable<double> Rates(IEnumerable<Turn> turns) => turns.Select(turn => turn.Load.PerSecond);

    private static IEnumerable<double> Cpu(IEnumerable<Turn> turns) => turns.Select(turn => turn.CpuMillisecondsEach);
}
