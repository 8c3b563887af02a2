using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Gateway.Channels.Listening;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Sockets.Flow;
using BlueEdge.Gateway.Sockets.Messages;

namespace BlueEdge.Gateway.Sockets.Listening;

/// <summary>
/// A channel that a client listens to by a socket. It reads what a stream of events does, and sends what the client has credit for. What waits for
/// credit is let go of but for a little, and read again.
/// </summary>
/// <param name="number">The channel's number on the socket.</param>
/// <param name="source">The channel.</param>
/// <param name="isLatest">Whether only the newest item is wanted where several wait.</param>
/// <param name="from">Where to begin.</param>
/// <param name="sender">Sends the items.</param>
/// <param name="tools">What sockets use.</param>
/// <param name="outbox">Where it all goes.</param>
/// <param name="end">Ends the socket.</param>
/// <param name="over">Fires when the socket ends.</param>
internal sealed class ListenChannel(
    int number, ChannelSource source, bool isLatest, ChannelCursor from, ItemSender sender, SocketTools tools, Outbox outbox, Action<SocketEnd> end, CancellationToken over) : ISocketChannel
{
    private static readonly TimeSpan BudgetTurn = TimeSpan.FromMinutes(1);

    private readonly CreditGate _credit = new();
    private CancellationTokenSource? _leaving;
    private CancellationToken _left;
    private (int Epoch, long Next) _at = (from.Epoch, from.Next);

    // Here and not in locals, which would hold what was let go of.
    private ImmutableArray<Payload> _items = [];
    private bool _isLast;
    private volatile bool _isOver;

    public bool IsOpen => !_isOver;

    /// <summary>The client takes more.</summary>
    public void Give(Credit more) => _credit.Add(more);

    /// <summary>The client wants no more.</summary>
    public void End()
    {
        try
        {
            _leaving?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    public async Task RunAsync()
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(over);
        (_leaving, _left) = (leaving, leaving.Token);
        try
        {
            await outbox.SendAsync(new ServerMessage { Type = "opened", Channel = number });
            while (await ReadAsync() && await TellAsync())
            {
                // Until it ends.
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested && !over.IsCancellationRequested)
        {
            await CloseAsync(ServerMessage.End(number));
        }
        finally
        {
            (_isOver, _items) = (true, []);
        }
    }

    /// <summary>Reads what comes next, and says where that is not what follows; false where the session is no more.</summary>
    private async Task<bool> ReadAsync()
    {
        var batch = await tools.AskAsync(() => source.NextAsync(_at.Epoch, _at.Next, _left), _left);
        if (batch is null)
        {
            end(new(SocketEnd.CursorLost, "The session is no more, nor are its items."));
            return false;
        }

        if (batch.Epoch != _at.Epoch && _at.Epoch > 0)
        {
            await outbox.SendAsync(new ServerMessage { Type = "gap", Channel = number, Epoch = batch.Epoch, Former = _at.Epoch });
        }

        if (batch.HasGap)
        {
            await outbox.SendAsync(new ServerMessage { Type = "gap", Channel = number, Epoch = batch.Epoch, Missed = batch.Missed });
        }

        var missed = isLatest ? Math.Max(0, batch.Items.Length - 1) : 0;
        if (missed > 0)
        {
            await outbox.SendAsync(new ServerMessage { Type = "gap", Channel = number, Epoch = batch.Epoch, Missed = missed });
        }

        _at = (batch.Epoch, batch.Offset + missed);
        (_items, _isLast) = (batch.Items[missed..], batch.IsLast);
        return true;
    }

    /// <summary>Sends what was read, as far as the client takes it or it may be kept; false where the channel ends with that.</summary>
    private async Task<bool> TellAsync()
    {
        using ByteLease lease = new(tools.Answers);
        while (!await lease.HoldAsync(_items.Sum(item => (long)item.Bytes.Length), BudgetTurn, _left))
        {
            // Others are slow to take theirs; they are cut off before long.
        }

        for (var place = 0; place < _items.Length; place++)
        {
            if (!_credit.TryTake(sender.SizeOf(_items[place])))
            {
                if (isLatest && !_isLast)
                {
                    // When it is ready for one it gets the newest.
                    (_items, place) = ([], 0);
                    lease.Shrink(0);
                    await _credit.HasRoomAsync().WaitAsync(_left);
                    return true;
                }

                Keep(place);
                place = 0;
                lease.Shrink(0);
                if (!await HasCreditAsync())
                {
                    return false;
                }

                if (_items.IsEmpty || !_credit.TryTake(sender.SizeOf(_items[0])))
                {
                    return true;
                }
            }

            if (await sender.SendAsync(number, _at.Epoch, _at.Next, _items[place], _left) is { } error)
            {
                return await CloseAsync(error);
            }

            _at.Next++;
        }

        return !_isLast || await CloseAsync(ServerMessage.End(number));
    }

    /// <summary>Is over before the client hears so, which may open the channel again at once.</summary>
    private async Task<bool> CloseAsync(ServerMessage last)
    {
        _isOver = true;
        await outbox.SendAsync(last);
        return false;
    }

    /// <summary>Lets go of all that was read but for what may stay in memory from a place on, while nobody knows for how long.</summary>
    private void Keep(int place)
    {
        var (stop, bytes) = (place, 0L);
        while (stop < _items.Length && (bytes += _items[stop].Bytes.Length) <= ByteLease.Free)
        {
            stop++;
        }

        _isLast &= stop == _items.Length;
        _items = [.. _items[place..stop]];
    }

    private async Task<bool> HasCreditAsync()
    {
        try
        {
            await _credit.HasRoomAsync().WaitAsync(tools.Options.Patience, tools.Time, _left);
            return true;
        }
        catch (TimeoutException)
        {
            end(new(SocketEnd.Slow, $"Items of channel {number} waited for credit for too long: go on behind the last one."));
            return false;
        }
    }
}
