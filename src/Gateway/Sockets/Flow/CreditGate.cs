namespace BlueEdge.Gateway.Sockets.Flow;

/// <summary>What a client has given for a channel that it listens to, and who waits for more of it.</summary>
internal sealed class CreditGate
{
    private readonly Lock _lock = new();
    private Credit _left;
    private TaskCompletionSource? _room;

    /// <summary>The client gives more.</summary>
    public void Add(Credit more)
    {
        TaskCompletionSource? room = null;
        lock (_lock)
        {
            _left = _left.Add(more);
            if (_left.HasRoom)
            {
                (room, _room) = (_room, null);
            }
        }

        room?.SetResult();
    }

    /// <summary>Takes an item's share where there is room.</summary>
    public bool TryTake(long bytes)
    {
        lock (_lock)
        {
            var hasRoom = _left.HasRoom;
            _left = hasRoom ? _left.Take(bytes) : _left;
            return hasRoom;
        }
    }

    /// <summary>Waits until there is room.</summary>
    public Task HasRoomAsync()
    {
        lock (_lock)
        {
            return _left.HasRoom ? Task.CompletedTask : (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
