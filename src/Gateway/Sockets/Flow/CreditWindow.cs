namespace BlueEdge.Gateway.Sockets.Flow;

/// <summary>
/// What a client may send to a channel: so much beyond what is stored. What is stored is given back in pieces that are worth a message, and at once where
/// the client would wait for it. Pure.
/// </summary>
/// <param name="items">Items that may be under way.</param>
/// <param name="bytes">Bytes that may be under way, and one item more.</param>
internal sealed class CreditWindow(int items, long bytes)
{
    private Credit _back;

    /// <summary>What the client may send still.</summary>
    public Credit Left { get; private set; } = new(items, bytes);

    /// <summary>An item came; it must have had room.</summary>
    public void Take(long size) => Left = Left.Take(size);

    /// <summary>So many items are stored.</summary>
    /// <returns>What to give the client now; <see langword="null"/> where that is not worth a message yet.</returns>
    public Credit? Settle(long count, long size)
    {
        _back = _back.Add(new(count, size));
        if (Left.HasRoom && _back.Items * 2 < items && _back.Bytes * 2 < bytes)
        {
            return null;
        }

        var given = _back;
        (Left, _back) = (Left.Add(given), default);
        return given;
    }
}
