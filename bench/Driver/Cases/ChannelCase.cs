using BlueEdge.Bench.Parcels;
using BlueEdge.Driver.Measuring;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>How much a durable channel carries.</summary>
internal sealed class ChannelCase : ICase
{
    public string Name => "channel";

    public string Description =>
        "Items through one durable channel that delivers every one, from an engine on one host over Kafka to an engine on another, as fast as there is room; against a producer process and a consumer process of the Kafka client alone, on the same broker. Each item is checked, and its order.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        using var hosts = await TwoHosts.StartAsync(place);
        var ours = hosts.Subject("channel");
        var peer = await place.StartKafkaChannelAsync(hosts.Kafka);
        var small = await place.TakeTurnsAsync(Small((int)(20_000 * place.FirstWarmUp)), Small((int)(20_000 * place.Seconds)), ours, peer);
        var large = await place.TakeTurnsAsync(Large((int)(150 * place.Seconds)), Large((int)(150 * place.Seconds)), ours, peer);
        return
        [
            Figure.Of("items/s of 1 KB, against the Kafka client", new(0.6, IsAtLeast: true), small[ours].Select(PerSecond), small[peer].Select(PerSecond)),
            Figure.Of("MB/s in items of 256 KB, against the Kafka client", new(0.9, IsAtLeast: true), large[ours].Select(Megabytes), large[peer].Select(Megabytes)),
            Figure.Of("CPU ms of writer and reader for 1,000 items of 1 KB", null, small[ours].Select(OfThousand), small[peer].Select(OfThousand)),
            Figure.Of("CPU ms of writer and reader for an item of 256 KB", null, large[ours].Select(OfOne), large[peer].Select(OfOne)),
        ];
    }

    private static ParcelOrder Small(int items) => new(items, 1024, PerSecond: 0);

    private static ParcelOrder Large(int items) => new(items, 256 * 1024, PerSecond: 0);

    private static double PerSecond(ParcelTurn turn) => turn.Report.PerSecond;

    private static double Megabytes(ParcelTurn turn) => turn.Report.PerSecond * turn.Report.Bytes / (1024 * 1024);

    private static double OfThousand(ParcelTurn turn) => turn.CpuMillisecondsEach * 1000;

    private static double OfOne(ParcelTurn turn) => turn.CpuMillisecondsEach;
}
