using BlueEdge.Grains.Scheduling.Matching;
using CsCheck;

namespace BlueEdge.Grains.Tests.Scheduling.Matching;

/// <summary>The queue against a sorted list, large enough for several levels of nodes.</summary>
public sealed class OrderedQueueTests
{
    private static readonly Gen<(int Adds, int Removes, int Ranks, int Ages, int Seed)[]> Phases = Gen.Select(
        Gen.Int[0, 1_500], Gen.Int[0, 1_500], Gen.Int[1, 5], Gen.OneOf(Gen.Int[1, 3], Gen.Int[1_000, 100_000]), Gen.Int[0, 1_000_000]).Array[1, 5];

    [Fact]
    public void It_tells_order_index_and_sums_as_a_sorted_list_does() => Phases.Sample(
        phases =>
        {
            var sessions = new PendingSessions();
            var queue = new OrderedQueue(sessions, byRank: true, withThresholds: true);
            var expected = new SortedDictionary<(int, long, UInt128), (int Handle, long Threshold)>();
            foreach (var (adds, removes, ranks, ages, seed) in phases)
            {
                var random = new Random(seed);
                for (var i = 0; i < adds; i++)
                {
                    Add(sessions, queue, expected, random, ranks, ages);
                }

                for (var i = 0; i < removes && expected.Count > 0; i++)
                {
                    // From the front, mostly, and from anywhere.
                    var (key, entry) = expected.ElementAt(random.Next(4) == 0 ? random.Next(Math.Min(50, expected.Count)) : 0);
                    queue.Remove(entry.Handle);
                    sessions.Remove(entry.Handle);
                    expected.Remove(key);
                }

                Check(queue, sessions, expected);
            }
        },
        iter: 100);

    [Fact]
    public void It_keeps_few_nodes_after_most_sessions_left_from_anywhere()
    {
        var sessions = new PendingSessions();
        var queue = new OrderedQueue(sessions, byRank: true, withThresholds: true);
        var random = new Random(1);
        var handles = Enumerable.Range(0, 50_000).Select(i => sessions.Add(new() { Id = (UInt128)i, Ticks = random.Next() })).ToArray();
        foreach (var handle in handles)
        {
            queue.Add(handle);
        }

        random.Shuffle(handles);
        foreach (var handle in handles.AsSpan(1_000))
        {
            queue.Remove(handle);
        }

        Assert.Equal(1_000, queue.Count);
        Assert.InRange(queue.Leaves, 1_000 / QueueLeaf.Capacity, 1_000 / QueueLeaf.Capacity * 4);
    }

    private static void Add(
        PendingSessions sessions,
        OrderedQueue queue,
        SortedDictionary<(int Turned, long Ticks, UInt128 Id), (int Handle, long Threshold)> expected,
        Random random,
        int ranks,
        int ages)
    {
        var session = new PendingSession { Id = new((ulong)random.NextInt64(), 0), Rank = random.Next(ranks), Ticks = random.Next(ages) };
        var handle = sessions.Add(session);
        var key = (-session.Rank, session.Ticks, session.Id);
        var threshold = (long)random.Next(100_000);
        expected.Add(key, (handle, threshold + queue.IndexOf(handle)));
        queue.Add(handle, threshold);
    }

    private static void Check(
        OrderedQueue queue,
        PendingSessions sessions,
        SortedDictionary<(int Turned, long Ticks, UInt128 Id), (int Handle, long Threshold)> expected)
    {
        Assert.Equal(expected.Count, queue.Count);
        Assert.Equal(expected.Count, sessions.Count);
        Assert.Equal(expected.Count == 0 ? long.MaxValue : expected.Keys.Min(key => key.Ticks), queue.MinTicks);
        var minimum = expected.Count == 0 ? long.MaxValue : expected.Values.Min(entry => entry.Threshold);
        Assert.Equal(minimum, queue.MinThreshold);
        if (expected.Count == 0)
        {
            return;
        }

        Assert.Equal(expected.First().Value.Handle, queue.First);
        Assert.Equal(minimum, expected.Values.Single(entry => entry.Handle == queue.FindRipe(minimum)).Threshold);
        Assert.Equal(-1, queue.FindRipe(minimum - 1));
        Assert.Equal(Enumerable.Range(0, expected.Count), expected.Values.Select(entry => queue.IndexOf(entry.Handle)));
        Assert.All(expected, pair => Assert.Equal(pair.Value.Handle, sessions.Find(pair.Key.Id)));
    }
}
