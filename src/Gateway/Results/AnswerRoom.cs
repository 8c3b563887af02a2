namespace BlueEdge.Gateway.Results;

/// <summary>How much of results still goes into an answer. Its very first item does whatever its size, so that paging moves on.</summary>
internal sealed class AnswerRoom(GatewayOptions options)
{
    private bool _isEmpty = true;

    public long Bytes { get; private set; } = options.ResultBytes;

    public int Items { get; private set; } = options.ResultItems;

    public bool IsFull => Bytes <= 0 || Items <= 0;

    /// <summary>Takes an item, or says that there is no room for it, and so for none that follows.</summary>
    public bool TryTake(long size)
    {
        if (Items == 0 || (size > Bytes && !_isEmpty))
        {
            Items = 0;
            return false;
        }

        _isEmpty = false;
        Bytes -= size;
        Items--;
        return true;
    }
}
