using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels.Taps;
using CsCheck;

namespace BlueEdge.Grains.Tests.Channels.Taps;

public sealed class TapRingTests
{
    private const int MostItems = 8;
    private const int MostBytes = 40;
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(10);
    private static readonly DateTimeOffset Began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(int Kind, int Writer, int Shift, int Items, int Bytes)> Step =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2], Gen.Int[-4, 4], Gen.Int[0, 5], Gen.Int[0, 12]);

    /// <summary>The model keeps every item that ever came, and looks at all of them each time.</summary>
    [Fact]
    public void Whatever_comes_it_has_the_newest_and_tells_how_many_it_has_not() => Gen.Select(Gen.Long[0, 5].Array[3], Step.Array[1, 100]).Sample(
        (places, steps) =>
        {
            var ring = new TapRing(MostItems, MostBytes, Age);
            ring.Begin(1, places.Select((place, writer) => ($"{writer}", (long?)place)), Began);
            var (expected, now, next) = (places.ToArray(), Began, places.Sum());
            List<(long Offset, Payload Payload, DateTimeOffset At)> all = [];
            foreach (var (kind, writer, shift, count, bytes) in steps)
            {
                if (kind == 0)
                {
                    now += TimeSpan.FromSeconds(bytes / 3.0);
                    ring.Trim(now);
                }
                else
                {
                    var first = Math.Max(0, expected[writer] + (kind == 1 ? shift : 0));
                    var items = Enumerable.Range(0, count).Select(_ => Item(bytes)).ToImmutableArray();
                    next += Math.Max(0, first - expected[writer]);
                    foreach (var item in items.Skip((int)Math.Max(0, expected[writer] - first)))
                    {
                        all.Add((next++, item, now));
                    }

                    expected[writer] = Math.Max(expected[writer], first + count);
                    Assert.Equal(expected[writer], ring.Append($"{writer}", first, items, now));
                }

                var kept = Kept(all, now);
                Assert.Equal((next, kept.Count), (ring.Next, ring.Count));
                for (var from = 0L; from <= next; from++)
                {
                    var page = ring.Read(from, atMost: 3, atMostBytes: 20);
                    var run = Run(kept.SkipWhile(item => item.Offset < from));
                    Assert.Equal(run is [var head, ..] ? head.Offset : next, page.Offset);
                    Assert.Equal(run.Select(item => item.Payload), page.Items);
                    Assert.Equal((page.Offset > from, page.Offset > from ? page.Offset - from : (long?)null), (page.HasGap, page.Missed));
                    Assert.Equal(kept.Where(item => item.Offset == from).Select(item => item.Payload).FirstOrDefault(), ring.Find(from));
                }
            }
        },
        iter: 1_000);

    [Fact]
    public void The_newest_item_is_kept_whatever_its_size()
    {
        var ring = Begun(0);

        ring.Append("w", 0, [Item(5), Item(10 * MostBytes)], Began);

        Assert.Equal((1, 1L, 1), (ring.Count, ring.Read(0, 10, 10).Missed, ring.Read(0, 10, 10).Items.Length));
    }

    [Fact]
    public void What_a_writer_sends_again_is_not_taken_again()
    {
        var ring = Begun(3);

        Assert.Equal(5, ring.Append("w", 1, [Item(1), Item(1), Item(1), Item(1)], Began));
        Assert.Equal(5, ring.Append("w", 3, [Item(1)], Began));

        Assert.Equal((3L, 2, false), (ring.Read(3, 10, 10).Offset, ring.Read(3, 10, 10).Items.Length, ring.Read(3, 10, 10).HasGap));
    }

    [Fact]
    public void Where_nobody_knows_what_was_written_a_gap_has_no_count_and_no_number_comes_again()
    {
        var (ring, later) = (Begun(null), Begun(null, Began + TimeSpan.FromSeconds(1)));
        var next = ring.Next;
        ring.Append("w", 7, [Item(1)], Began);

        Assert.Equal(((long?)null, true), (ring.Read(5, 10, 10).Missed, ring.Read(5, 10, 10).HasGap));
        Assert.Equal((next + 2, true), (ring.Next, later.Next > ring.Next));
    }

    [Fact]
    public void A_place_that_was_never_reached_is_told_as_a_gap_without_a_count()
    {
        var ring = Begun(0);
        ring.Append("w", 0, [Item(1)], Began);

        var page = ring.Read(9, 10, 10);

        Assert.Equal((0L, 1, true, null), (page.Offset, page.Items.Length, page.HasGap, page.Missed));
        Assert.False(ring.Read(1, 10, 10).HasGap);
    }

    [Fact]
    public void What_is_lost_is_told_after_what_came_before()
    {
        var ring = Begun(0);
        ring.Append("w", 0, [Item(1)], Began);
        ring.Lose();

        Assert.Equal((false, 1), (ring.Read(0, 10, 10).HasGap, ring.Read(0, 10, 10).Items.Length));
        Assert.Equal((2L, true, null), (ring.Read(1, 10, 10).Offset, ring.Read(1, 10, 10).HasGap, ring.Read(1, 10, 10).Missed));
    }

    private static TapRing Begun(long? next, DateTimeOffset? at = null)
    {
        var ring = new TapRing(MostItems, MostBytes, Age);
        ring.Begin(1, [("w", next)], at ?? Began);
        return ring;
    }

    private static Payload Item(int bytes) => Payload.Json(new byte[bytes]);

    /// <summary>From the first on that is young, and from where on there is room; the newest has room by itself.</summary>
    private static List<(long Offset, Payload Payload, DateTimeOffset At)> Kept(List<(long Offset, Payload Payload, DateTimeOffset At)> all, DateTimeOffset now)
    {
        var first = all.FindIndex(item => item.At + Age > now);
        first = first < 0 ? all.Count : first;
        while (all.Count - first > MostItems || (all.Count - first > 1 && all.Skip(first).Sum(item => item.Payload.Bytes.Length) > MostBytes))
        {
            first++;
        }

        return all[first..];
    }

    private static List<(long Offset, Payload Payload, DateTimeOffset At)> Run(IEnumerable<(long Offset, Payload Payload, DateTimeOffset At)> items)
    {
        List<(long Offset, Payload Payload, DateTimeOffset At)> run = [];
        var bytes = 0;
        foreach (var item in items)
        {
            bytes += item.Payload.Bytes.Length;
            if (run.Count == 3 || (run.Count > 0 && (bytes > 20 || item.Offset != run[^1].Offset + 1)))
            {
                break;
            }

            run.Add(item);
        }

        return run;
    }
}
