using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels.Inputs;
using CsCheck;

namespace BlueEdge.Grains.Tests.Channels.Inputs;

public sealed class InputTailTests
{
    private const int MostItems = 8;
    private const int MostBytes = 600;

    /// <summary>Items that are appended, and whether the tail hears of them, at once or after the next ones; or how far somebody reads.</summary>
    private static readonly Gen<(int Kind, int Items)> Step = Gen.Select(Gen.Int[0, 5], Gen.Int[1, 6]);

    [Fact]
    public void Whoever_reads_the_tail_and_else_the_log_has_each_item_once_and_in_order() => Step.Array[1, 200].Sample(
        steps =>
        {
            var tail = new InputTail(MostItems, MostBytes);
            var (log, read) = (new List<Payload>(), new List<Payload>());
            ImmutableArray<Payload> late = [];
            var lateOffset = 0;
            foreach (var (kind, count) in steps)
            {
                var run = Enumerable.Range(log.Count, count).Select(Item).ToImmutableArray();
                switch (kind)
                {
                    case 0:
                        read.AddRange(tail.Take(read.Count));
                        break;
                    case 1:
                        // Somebody else appended, or there was no room in the tail.
                        log.AddRange(run);
                        break;
                    case 2:
                        (lateOffset, late) = (log.Count, run);
                        log.AddRange(run);
                        break;
                    case 3:
                        tail.Add(lateOffset, late);
                        break;
                    case 4 when tail.Take(read.Count) is { IsEmpty: false } fresh:
                        read.AddRange(fresh);
                        break;
                    case 4:
                        read.AddRange(log.Skip(read.Count).Take(count));
                        break;
                    default:
                        tail.Add(log.Count, run);
                        log.AddRange(run);
                        break;
                }

                Assert.Equal(log.Take(read.Count), read);
            }
        },
        iter: 5_000);

    [Fact]
    public void What_is_more_than_it_keeps_is_in_the_log_alone()
    {
        var tail = new InputTail(2, MostBytes);

        Assert.True(tail.Add(0, [Item(0), Item(1), Item(2)]));
        Assert.False(tail.Add(3, [Item(3)]));

        Assert.Equal([Item(1), Item(2)], tail.Take(1));
        Assert.True(tail.IsEmpty);
        Assert.True(tail.Add(3, [Item(3)]));
    }

    [Fact]
    public void It_gives_out_nothing_where_an_item_before_is_missing()
    {
        var tail = new InputTail(MostItems, MostBytes);
        tail.Add(5, [Item(5)]);

        Assert.Empty(tail.Take(4));
        Assert.False(tail.IsEmpty);
        Assert.Equal([Item(5)], tail.Take(5));
    }

    private static readonly Payload[] Items = [.. Enumerable.Range(0, 2_000).Select(number => Payload.Json(BitConverter.GetBytes(number)))];

    private static Payload Item(int number) => Items[number];
}
