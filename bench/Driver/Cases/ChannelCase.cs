using BlueEdge.Driver.Measuring;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>How much a durable channel carries.</summary>
internal sealed class ChannelCase : ICase
{
    private const int Small = 1024;
    private const int Large = 256 * 1024;

    public string Name => "channel";

    public string Description =>
        "Items through one durable channel that delivers every one, from an engine on one host over Kafka to an engine on another, as fast as there is room; against a producer process and a consumer process of the Kafka client alone, on the same broker. Each item is checked, and its order.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        using var hosts = await TwoHosts.StartAsync(place);
        var peer = await KafkaPeer.StartChannelAsync(place, hosts.Kafka);
        var small = await place.TakeParcelTurnsAsync(
            hosts, "channel", peer, new((int)(20_000 * place.FirstWarmUp), Small, 0), new((int)(20_000 * place.Seconds), Small, 0));
        var large = await place.TakeParcelTurnsAsync(
            hosts, "channel", peer, new((int)(150 * place.Seconds), Large, 0), new((int)(150 * place.Seconds), Large, 0));
        return
        [
            Figure.Of("items/s of 1 KB, against the Kafka client", new(0.6, IsAtLeast: true), small.Ours.Select(each => each.PerSecond), small.Peer.Select(each => each.PerSecond)),
            Figure.Of("MB/s in items of 256 KB, against the Kafka client", new(0.9, IsAtLeast: true), large.Ours.Select(each => each.PerSecond / 4), large.Peer.Select(each => each.PerSecond / 4)),
        ];
    }
}
