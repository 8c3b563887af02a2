using System.Diagnostics;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

public sealed class SlowReaderTests(TestCluster cluster, ITestOutputHelper output)
{
    private const int Others = 40;
    private const int WriterItems = 4_000;
    private const long MostGrowth = 256L * 1024 * 1024;
    private static readonly TimeSpan Beside = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The writers pass on thousands of items a second; the reader takes ten.</summary>
    [Fact]
    public async Task A_slow_reader_slows_its_own_writer_and_nobody_else()
    {
        await MeasureAsync();
        var alone = await MeasureAsync();
        var before = cluster.ReadMemory();

        var slow = await StartSlowAsync();
        await cluster.First.WaitForInstanceAsync(slow);
        var since = Stopwatch.StartNew();
        var beside = TimeSpan.Zero;
        while (since.Elapsed < Beside)
        {
            beside = await MeasureAsync();
        }

        var growth = cluster.ReadMemory().ToDictionary(part => part.Key, part => part.Value - before[part.Key]);
        await cluster.First.StopAsync(slow);

        output.WriteLine($"The slowest of {Others} sessions took {alone} alone and {beside} beside; most memory grew in {growth.MaxBy(part => part.Value)}.");
        Assert.All(growth, part => Assert.InRange(part.Value, long.MinValue, MostGrowth));
        Assert.InRange(beside, TimeSpan.Zero, (2 * alone) + TimeSpan.FromMilliseconds(100));
        await cluster.IsIdleAsync();
    }

    private Task<string> StartSlowAsync() => cluster.First.StartFloodAsync(WriterItems, readerSeconds: 0.1);

    /// <summary>How long the slowest of some small sessions takes.</summary>
    private async Task<TimeSpan> MeasureAsync()
    {
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < Others; i++)
        {
            var since = Stopwatch.StartNew();
            await cluster.Second.WaitForEndAsync(await cluster.Second.StartChainAsync(relays: 2, [0]), Patience);
            slowest = since.Elapsed > slowest ? since.Elapsed : slowest;
        }

        return slowest;
    }
}
