namespace BlueEdge.Channels;

/// <summary>The way of one writer's items to one reader.</summary>
internal interface IReaderLink
{
    /// <summary>Hands an item over; returns when there is room for the next.</summary>
    ValueTask WriteAsync(Payload payload);

    /// <summary>Sends what is left, and that it was the last; returns when that has gone out for good.</summary>
    Task EndAsync();
}
