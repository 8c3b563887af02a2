using System.Buffers.Binary;

namespace BlueEdge.Store.Sqlite.Channels;

/// <summary>
/// The rows of logs. A row holds items of one log that came together, each behind its length, so that as few rows and pages are written
/// as may be. Its id is the log's number and the first item's: rows of a log lie beside each other, and pages go whole when it is let go of.
/// </summary>
internal static class InputRows
{
    /// <summary>Bits of an item's number in an id; the log's number has the 28 before them.</summary>
    private const int NumberBits = 35;

    /// <summary>Items that a log can have had: 34 billion, a thousand a second for a year.</summary>
    public const long MostItems = 1L << NumberBits;

    /// <summary>The highest number of a log.</summary>
    public const long MostLogs = (1L << (63 - NumberBits)) - 1;

    /// <summary>A row ends with the item that reaches so many bytes.</summary>
    private const int RowBytes = 64 * 1024;

    /// <summary>The id of the row that begins with an item, or of the one after all rows, for the number after the last item's.</summary>
    public static long Id(long log, long number) => (log << NumberBits) + number;

    /// <summary>The number of a row's first item.</summary>
    public static long Number(long id) => id & (MostItems - 1);

    /// <summary>Takes items for one row, as many as go into it.</summary>
    /// <param name="items">The items that are left.</param>
    /// <param name="count">How many of them the row has.</param>
    public static byte[] Pack(ReadOnlySpan<byte[]> items, out int count)
    {
        var bytes = 0;
        for (count = 0; count < items.Length && bytes < RowBytes; count++)
        {
            bytes += sizeof(int) + items[count].Length;
        }

        var (row, at) = (GC.AllocateUninitializedArray<byte>(bytes), 0);
        foreach (var item in items[..count])
        {
            BinaryPrimitives.WriteInt32LittleEndian(row.AsSpan(at), item.Length);
            item.CopyTo(row, at + sizeof(int));
            at += sizeof(int) + item.Length;
        }

        return row;
    }

    /// <summary>The items of a row.</summary>
    public static IEnumerable<byte[]> Unpack(byte[] row)
    {
        for (var at = 0; at < row.Length;)
        {
            var end = at + sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(row.AsSpan(at));
            yield return row[(at + sizeof(int))..end];
            at = end;
        }
    }
}
