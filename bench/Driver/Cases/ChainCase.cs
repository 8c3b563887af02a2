using BlueEdge.Bench.Parcels;
using BlueEdge.Driver.Measuring;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>How long items are under way through durable channels.</summary>
internal sealed class ChainCase : ICase
{
    private const int Bytes = 1024;
    private const int PerSecond = 200;

    public string Name => "chain";

    public string Description =>
        "How long an item of 1 KB is under way in a running session, cluster mode, durable channels: from an engine that writes 200 items/s through three that pass them on to one that reads them, each on the other of two hosts than the one before it, so that an item goes over Kafka four times; against as many steps of the Kafka client alone in two processes, on the same broker. One clock, for all is one machine.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        using var hosts = await TwoHosts.StartAsync(place);
        var ours = hosts.Subject("chain");
        var peer = await place.StartKafkaChainAsync(hosts.Kafka);

        // Twice the time of a turn elsewhere: a 99th percentile wants many items.
        var turns = await place.TakeTurnsAsync(During(place.FirstWarmUp), During(place.WarmUp + (2 * place.Seconds)), ours, peer);
        return
        [
            Figure.Of("item p50 ms through 3 engines, against the Kafka client", new(1.5, IsAtLeast: false), turns[ours].Select(P50), turns[peer].Select(P50)),
            Figure.Of("item p99 ms through 3 engines, against the Kafka client", new(2, IsAtLeast: false), turns[ours].Select(P99), turns[peer].Select(P99)),
            Figure.Of("CPU ms an item, of all 5 steps", null, turns[ours].Select(Cpu), turns[peer].Select(Cpu)),
        ];
    }

    private static double P50(ParcelTurn turn) => turn.Report.P50;

    private static double P99(ParcelTurn turn) => turn.Report.P99;

    private static double Cpu(ParcelTurn turn) => turn.CpuMillisecondsEach;

    private static ParcelOrder During(double seconds) => new((int)(PerSecond * seconds), Bytes, PerSecond);
}
