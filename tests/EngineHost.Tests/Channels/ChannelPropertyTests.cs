using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Sessions;
using CsCheck;

namespace BlueEdge.EngineHost.Tests.Channels;

/// <summary>Whatever the network does: every item of every writer is read exactly once, in order, and buffers keep within their windows.</summary>
public sealed class ChannelPropertyTests
{
    private const int LargestItem = 40;
    private static readonly string Session = SessionIds.Create();

    private static readonly Gen<Case> Cases = Gen.Select(
        Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[1, 5], Gen.Int[1, 60], Gen.Int[0, LargestItem].Array[0, 30], Gen.Int,
        (writers, readers, windowItems, windowBytes, sizes, seed) => new Case(writers, readers, windowItems, windowBytes, sizes, seed));

    [Fact]
    public async Task Every_item_of_every_writer_is_read_once_and_in_order_by_every_reader() =>
        await Cases.SampleAsync(sample => RunAsync(sample, inboxes => new FaultyTransport(inboxes, sample.Seed), overrun: 0), iter: 400, threads: 2);

    /// <summary>The room is promised before items come, and may have been promised to others too.</summary>
    [Fact]
    public async Task So_it_is_through_a_log_that_is_read_late_and_again() =>
        await Cases.SampleAsync(sample => RunAsync(sample, inboxes => new FaultyLog(inboxes, sample.Seed), overrun: sample.Writers), iter: 400, threads: 2);

    private static async Task RunAsync(Case sample, Func<Dictionary<string, Inbox>, IChannelTransport> open, int overrun)
    {
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, sample.Writers).Select(number => $"w{number}").ToArray();
        var inboxes = Enumerable.Range(0, sample.Readers).ToDictionary(
            number => $"r{number}",
            _ => new Inbox([new() { Port = "In", Channel = "c", Type = ChannelType.File, Writers = [.. writers] }], sample.WindowItems, sample.WindowBytes));
        var transport = open(inboxes);

        var reading = inboxes.Values.Select(inbox => ReadAllAsync(inbox, sample, overrun)).ToArray();
        var writing = writers.Select(writer => WriteAllAsync(writer, sample, inboxes.Keys, transport, stop.Token)).ToArray();
        await Task.WhenAll(writing).OrFail($"the end of the writers of {sample}");
        var read = await Task.WhenAll(reading).OrFail($"the end of the readers of {sample}");

        foreach (var reader in read)
        {
            foreach (var writer in writers)
            {
                var its = reader.Where(item => item.Producer == writer).ToList();
                Assert.Equal(Enumerable.Range(0, sample.Sizes.Length).Select(number => (long)number), its.Select(item => item.Sequence));
                Assert.Equal(sample.Sizes, its.Select(item => item.Size));
            }
        }
    }

    private static async Task WriteAllAsync(string writer, Case sample, IEnumerable<string> readers, IChannelTransport transport, CancellationToken stopping)
    {
        var channel = new ChannelWriter(
            new() { Port = "Out", Channel = "c", Type = ChannelType.File, Interested = false, Readers = [.. readers.Select(reader => new ChannelEnd { Name = reader, Address = "i" })] },
            new(Session, writer), 1, transport, new RecordingResultStore(), sample.WindowItems, sample.WindowBytes, TimeProvider.System, NoLogger.Of<ChannelWriter>(), stopping);
        foreach (var size in sample.Sizes)
        {
            await channel.WriteAsync(Payload.Inline(ChannelType.File, "x/y", new byte[size]));
        }

        await channel.EndAsync();
    }

    private static async Task<List<(string Producer, long Sequence, int Size)>> ReadAllAsync(Inbox inbox, Case sample, int overrun)
    {
        var read = new List<(string, long, int)>();
        var pace = new Random(sample.Seed);
        while (await inbox.ReadAsync() is { } next)
        {
            var (from, item) = next;

            // The item just read has left the window.
            Assert.InRange(from.Items, 0, sample.WindowItems * (1 + overrun));
            Assert.InRange(from.Bytes, 0, (sample.WindowBytes - 1 + LargestItem) * (1 + overrun));
            read.Add((item.Producer, item.Sequence, item.Payload.Bytes.Length));
            for (var wait = pace.Next(4); wait > 0; wait--)
            {
                await Task.Yield();
            }
        }

        Assert.True(inbox.HasEnded);
        return read;
    }

    private sealed record Case(int Writers, int Readers, int WindowItems, int WindowBytes, int[] Sizes, int Seed)
    {
        public override string ToString() =>
            $"{Writers} writers, {Readers} readers, a window of {WindowItems} items and {WindowBytes} bytes, seed {Seed}, sizes [{string.Join(", ", Sizes)}]";
    }
}
