using BlueEdge.Store.Sqlite.Channels;
using CsCheck;

namespace BlueEdge.Store.Tests.Channels;

public sealed class InputRowsTests
{
    [Fact]
    public void Whatever_is_packed_comes_out_again() => Gen.Byte.Array[0, 40_000].Array[1, 12].Sample(
        items =>
        {
            List<byte[]> unpacked = [];
            for (var at = 0; at < items.Length;)
            {
                var row = InputRows.Pack(items.AsSpan()[at..], out var count);
                Assert.InRange(count, 1, items.Length - at);
                Assert.InRange(row.Length, 4, (64 + 41) * 1024);
                unpacked.AddRange(InputRows.Unpack(row));
                at += count;
                Assert.Equal(at, unpacked.Count);
            }

            Assert.Equal(items, unpacked);
        },
        iter: 200);

    [Fact]
    public void Ids_are_in_the_order_of_logs_and_items()
    {
        Assert.True(InputRows.Id(7, InputRows.MostItems - 1) < InputRows.Id(8, 0));
        Assert.Equal(InputRows.MostItems - 1, InputRows.Number(InputRows.Id(InputRows.MostLogs, InputRows.MostItems - 1)));
        Assert.True(InputRows.Id(InputRows.MostLogs, InputRows.MostItems - 1) > 0);
    }
}
