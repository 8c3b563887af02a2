using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Many sockets of one process, while one client does not read what it listens to.</summary>
public sealed class CrowdTests(EmbeddedProcess embedded, ITestOutputHelper output) : IClassFixture<EmbeddedProcess>
{
    private const long MostGrowth = 200L * 1024 * 1024;

    private static readonly CrowdSize Size = LiveForm.IsFull
        ? new(Sessions: 20, SocketsEach: 100, ItemsPerSecond: 5)
        : new(Sessions: 4, SocketsEach: 50, ItemsPerSecond: 5);

    /// <summary>
    /// Each of them first with a client that reads, then with one that does not. Of the short form one that is within its bounds is enough, for what else
    /// the machine does slows now the one and now the other half.
    /// </summary>
    private const int Rounds = 5;
    private static readonly TimeSpan Half = LiveForm.IsFull ? TimeSpan.FromSeconds(8) : TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task One_client_that_never_reads_costs_little_memory_and_no_other_client_its_time()
    {
        await using var crowd = await Crowd.GatherAsync(embedded.Gateway, Size);
        await using var flood = await Flood.BeginAsync(embedded.Gateway);
        await crowd.MeasureAsync(Half);
        var before = embedded.ResidentBytes;

        List<(TimeSpan Alone, TimeSpan With)> rounds = [];
        var most = before;
        do
        {
            var alone = Told("with all reading", await flood.ReadWhileAsync(() => crowd.MeasureAsync(Half)));
            rounds.Add((alone, Told("with one that never reads", await flood.IgnoreWhileAsync(() => crowd.MeasureAsync(Half)))));
            most = Math.Max(most, embedded.ResidentBytes);
        }
        while (rounds.Count < Rounds && (LiveForm.IsFull || !IsBounded(rounds[^1])));

        Assert.Null(crowd.Fault);
        Assert.InRange(most - before, long.MinValue, MostGrowth);
        output.WriteLine($"Memory {before >> 20} MB before, {most >> 20} MB at most.");
        var judged = LiveForm.IsFull ? (Median(rounds.Select(round => round.Alone)), Median(rounds.Select(round => round.With))) : rounds[^1];
        Assert.True(IsBounded(judged), $"p99 of the others: {string.Join(", ", rounds.Select(round => $"{round.Alone.TotalMilliseconds:0.0} and then {round.With.TotalMilliseconds:0.0} ms"))}");
    }

    private static bool IsBounded((TimeSpan Alone, TimeSpan With) p99) => p99.With <= (2 * p99.Alone) + Noise;

    private TimeSpan Told(string what, CrowdRound round)
    {
        output.WriteLine($"{Size.Sockets} sockets {what}: {round.PerSecond:N0} messages/s, p50 {round.P50.TotalMilliseconds:0.0} ms, p99 {round.P99.TotalMilliseconds:0.0} ms, {embedded.ResidentBytes >> 20} MB");
        return round.P99;
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times) => times.Order().ElementAt(Rounds / 2);
}
