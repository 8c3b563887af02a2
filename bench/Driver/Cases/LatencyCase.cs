using BlueEdge.Driver.Measuring;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>How long a session takes.</summary>
internal sealed class LatencyCase : ICase
{
    private static readonly Goal Quarter = new(0.25, IsAtLeast: false);

    public string Name => "latency";

    public string Description => "How long the sessions of the case `sessions` take, from sending the request to the whole answer.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        var ours = await place.StartRelaysAsync();
        var bullMq = await place.StartBullMqAsync();
        var at50 = await place.TakeTurnsAsync(50, ours, bullMq);
        var at1 = await place.TakeTurnsAsync(1, ours, bullMq);
        return
        [
            Figure.Of("p50 ms at 50 in flight, against BullMQ", Quarter, at50[ours].Select(P50), at50[bullMq].Select(P50)),
            Figure.Of("p99 ms at 50 in flight, against BullMQ", Quarter, at50[ours].Select(P99), at50[bullMq].Select(P99)),
            Figure.Of("p50 ms at 1, against BullMQ", new(2.6, IsAtLeast: false, IsOfOurs: true), at1[ours].Select(P50), at1[bullMq].Select(P50)),
            Figure.Of("p99 ms at 1, against BullMQ", null, at1[ours].Select(P99), at1[bullMq].Select(P99)),
        ];
    }

    private static double P50(Turn turn) => turn.Load.P50;

    private static double P99(Turn turn) => turn.Load.P99;
}
