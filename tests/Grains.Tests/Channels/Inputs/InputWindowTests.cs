using BlueEdge.Grains.Channels.Inputs;
using CsCheck;

namespace BlueEdge.Grains.Tests.Channels.Inputs;

public sealed class InputWindowTests
{
    private const int MostItems = 20;
    private const int MostBytes = 100;

    private static readonly Gen<(int Kind, int Items, int Bytes)> Step = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 8], Gen.Int[0, 40]);

    [Fact]
    public void Whatever_comes_and_goes_the_room_is_what_is_left_of_it() => Step.Array[1, 200].Sample(
        steps =>
        {
            var window = new InputWindow(MostItems, MostBytes);
            var (log, settled, held) = (new List<int>(), 0, new Queue<(int Items, int Bytes)>());
            foreach (var (kind, items, bytes) in steps)
            {
                switch (kind)
                {
                    case 0:
                        window.Hold(items, bytes);
                        held.Enqueue((items, bytes));
                        break;
                    case 1 when held.TryDequeue(out var taken):
                        window.Release(taken.Items, taken.Bytes, taken.Items);
                        log.AddRange(Enumerable.Range(0, taken.Items).Select(item => item == taken.Items - 1 ? taken.Bytes : 0));
                        break;
                    case 2 when held.TryDequeue(out var refused):
                        window.Release(refused.Items, refused.Bytes, 0);
                        break;
                    default:
                        settled = Math.Min(log.Count, settled + items);
                        window.Settle(settled);
                        break;
                }

                var left = MostItems - (log.Count - settled) - held.Sum(run => run.Items);
                var leftBytes = MostBytes - log.Skip(settled).Sum() - held.Sum(run => run.Bytes);
                Assert.Equal(leftBytes <= 0 ? 0 : Math.Max(0, left), window.CreditItems);
                Assert.Equal(window.CreditItems == 0 ? 0 : leftBytes, window.CreditBytes);
                Assert.Equal((log.Count, window.CreditItems > 0), ((int)window.End, window.HasRoom));
            }
        },
        iter: 2_000);

    [Fact]
    public void A_run_that_is_larger_than_all_the_room_fits_where_nothing_waits_and_nothing_fits_beside_it()
    {
        var window = new InputWindow(MostItems, MostBytes);
        Assert.True(window.HasRoom);

        window.Hold(1, 10 * MostBytes);
        window.Release(1, 10 * MostBytes, 1);
        Assert.False(window.HasRoom);

        window.Settle(1);
        Assert.Equal((MostItems, MostBytes), (window.CreditItems, (int)window.CreditBytes));
    }

    [Fact]
    public void The_log_is_as_long_as_it_was_read_unless_something_came_meanwhile()
    {
        var window = new InputWindow(MostItems, MostBytes);
        var version = window.Version;
        window.Correct(5, version);
        Assert.Equal(5, window.End);

        window.Hold(1, 1);
        window.Correct(9, version);
        window.Correct(9, window.Version);
        window.Release(1, 1, 1);
        window.Correct(9, version);
        Assert.Equal(6, window.End);
    }

    [Fact]
    public void An_attempt_that_begins_anew_has_less_than_the_one_before()
    {
        var window = new InputWindow(MostItems, MostBytes);
        window.Add(10, 10);
        window.Settle(10);

        window.Settle(0);

        Assert.Equal(MostItems - 10, window.CreditItems);
    }
}
