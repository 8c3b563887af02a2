using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Many sockets of one process, while one client does not read what it listens to.</summary>
public sealed class CrowdTests(EmbeddedProcess embedded, ITestOutputHelper output) : IClassFixture<EmbeddedProcess>
{
    private const long MostGrowth = 200L * 1024 * 1024;

    private static readonly CrowdSize Size = LiveForm.IsFull
        ? new(Sessions: 20, SocketsEach: 100, ItemsPerSecond: 5)
        : new(Sessions: 4, SocketsEach: 50, ItemsPerSecond: 5);

    /// <summary>Each of them first with a client that reads, then with one that does not.</summary>
    private static readonly int Rounds = LiveForm.IsFull ? 5 : 1;
    private static readonly TimeSpan Round = LiveForm.IsFull ? TimeSpan.FromSeconds(8) : TimeSpan.FromSeconds(4);

    /// <summary>What a machine that is busy with other things does to a short form of it.</summary>
    private static readonly TimeSpan Noise = LiveForm.IsFull ? TimeSpan.FromMilliseconds(20) : TimeSpan.FromSeconds(1);

    [Fact]
    public async Task One_client_that_never_reads_costs_little_memory_and_no_other_client_its_time()
    {
        await using var crowd = await Crowd.GatherAsync(embedded.Gateway, Size);
        await using var flood = await Flood.BeginAsync(embedded.Gateway);
        await crowd.MeasureAsync(Round);
        var before = embedded.ResidentBytes;

        List<TimeSpan> beside = [], idle = [];
        var most = before;
        for (var round = 0; round < Rounds; round++)
        {
            beside.Add(Told("with all reading", await flood.ReadWhileAsync(() => crowd.MeasureAsync(Round))));
            idle.Add(Told("with one that never reads", await flood.IgnoreWhileAsync(() => crowd.MeasureAsync(Round))));
            most = Math.Max(most, embedded.ResidentBytes);
        }

        Assert.Null(crowd.Fault);
        var (alone, with) = (Median(beside), Median(idle));
        output.WriteLine($"p99 {alone.TotalMilliseconds:0.0} ms with all reading, {with.TotalMilliseconds:0.0} ms with one that never reads ({with / alone:0.00}); memory {before >> 20} MB and then {most >> 20} MB at most.");
        Assert.InRange(most - before, long.MinValue, MostGrowth);
        Assert.InRange(with, TimeSpan.Zero, (2 * alone) + Noise);
    }

    private TimeSpan Told(string what, CrowdRound round)
    {
        output.WriteLine($"{Size.Sockets} sockets {what}: {round.PerSecond:N0} messages/s, p50 {round.P50.TotalMilliseconds:0.0} ms, p99 {round.P99.TotalMilliseconds:0.0} ms, {embedded.ResidentBytes >> 20} MB");
        return round.P99;
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
