using System.Threading.Channels;
using BlueEdge.Calls;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Quotas;
using BlueEdge.Gateway.Sockets.Frames;
using BlueEdge.Gateway.Sockets.Messages;

namespace BlueEdge.Gateway.Sockets.Writing;

/// <summary>
/// A channel that a client writes by a socket. What comes waits, within the credit that the client has, until the channel's grain has it: runs of items
/// go there one after the other, as those of POST do, and are acknowledged when they are durable.
/// </summary>
internal sealed class InputChannel(
    int number, ChannelKey key, string writer, TimeSpan? writerTimeout, SocketTools tools, Outbox outbox, Action<SocketEnd> end, CancellationToken over) : ISocketChannel
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);
    private static readonly Backoff Retries = new(First: TimeSpan.FromMilliseconds(20), Longest: TimeSpan.FromSeconds(1));

    private readonly ItemReceiver _receiver = new(number, tools);
    private readonly Channel<PendingItem> _pending = Channel.CreateUnbounded<PendingItem>(new() { SingleReader = true });

    /// <summary>Who is quiet is still there, as long as the socket is: the channel hears so within its time.</summary>
    private readonly TimeSpan _silence = writerTimeout / 3 is { } third && third < LongestSilence ? third : LongestSilence;
    private Task<bool>? _more;
    private volatile bool _isOver;

    public bool IsOpen => !_isOver;

    /// <summary>Where the content of the frame that comes goes; <see langword="null"/> where it is passed over.</summary>
    public ItemBuffer? Content => _receiver.Content;

    /// <inheritdoc cref="ItemReceiver.Begin"/>
    public SocketEnd? Begin(FrameHeader header, ReadOnlyMemory<byte> metadata)
    {
        if (_isOver)
        {
            _receiver.Drop();
            return null;
        }

        return _receiver.Begin(header, metadata);
    }

    /// <summary>A frame has ended.</summary>
    public void Complete(FrameHeader header, int length)
    {
        if (_receiver.Complete(header, length) is { } item && !_pending.Writer.TryWrite(item))
        {
            tools.Written.Give(item.Held);
        }
    }

    /// <summary>The channel ends behind what was sent before.</summary>
    public void End() => _pending.Writer.TryWrite(PendingItem.End);

    /// <summary>Lets go of what came in part.</summary>
    public void Drop() => _receiver.Drop();

    public async Task RunAsync()
    {
        try
        {
            if (await GreetAsync())
            {
                while (await (await HasMoreAsync() ? WriteNextAsync() : SayPresentAsync()))
                {
                    // Until it ends.
                }
            }
        }
        finally
        {
            _isOver = true;
            _pending.Writer.TryComplete();
            while (_pending.Reader.TryRead(out var item))
            {
                tools.Written.Give(item.Held);
            }
        }
    }

    private async Task<bool> GreetAsync()
    {
        if (await tools.AskAsync(() => tools.Sessions.FindInputAsync(key, over), over) is not { } input)
        {
            return await RefuseAsync(InputReply.Unknown, sequence: null);
        }

        var reply = await WriteAsync(new() { Writer = writer }, bytes: 0);
        if (reply.Outcome is not InputOutcome.Taken)
        {
            return await FinishAsync(reply);
        }

        _receiver.Open(input.Type);
        await outbox.SendAsync(new ServerMessage
        {
            Type = "opened",
            Channel = number,
            ItemType = ChannelTypes.Name(input.Type),
            NextSequence = reply.NextSequence,
            Items = tools.Options.WindowItems,
            Bytes = tools.Options.WindowBytes,
        });
        return true;
    }

    /// <summary>Waits for what the client sends; false where nothing came for so long that the channel should hear that the writer is there.</summary>
    private async Task<bool> HasMoreAsync()
    {
        // What was waited for may have been written meanwhile, after another call that said that the writer is there.
        while (!_pending.Reader.TryPeek(out _))
        {
            _more ??= _pending.Reader.WaitToReadAsync(over).AsTask();
            await ((Task)_more).WaitAsync(_silence, tools.Time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            over.ThrowIfCancellationRequested();
            if (!_more.IsCompleted)
            {
                return false;
            }

            _more = null;
        }

        return true;
    }

    private async Task<bool> SayPresentAsync()
    {
        if (_receiver.IsStuck)
        {
            end(new(SocketEnd.Slow, $"The rest of an item of channel {number} did not come."));
            return false;
        }

        try
        {
            var reply = await tools.Sessions.WriteInputAsync(key, new() { Writer = writer }, bytes: 0);
            return reply.Outcome is InputOutcome.Taken or InputOutcome.NoRoom || await FinishAsync(reply);
        }
        catch (UnavailableException)
        {
            // It is said again soon.
            return true;
        }
    }

    /// <summary>Writes what came, as far as it is one run; false where the channel ends with that.</summary>
    private async Task<bool> WriteNextAsync()
    {
        List<PendingItem> run = [];
        while (_pending.Reader.TryPeek(out var next) && Continues(run, next) && _pending.Reader.TryRead(out next))
        {
            run.Add(next);
        }

        try
        {
            if (run is [{ Fault: { } fault } faulty])
            {
                return await CloseAsync(ServerMessage.Error(number, fault, faulty.Sequence));
            }

            return run is [{ Item: null }]
                ? await FinishAsync(await WriteAsync(new() { Writer = writer, Ends = true }, bytes: 0))
                : await MeasureAndWriteAsync(run);
        }
        finally
        {
            tools.Written.Give(run.Sum(item => item.Held));
        }
    }

    private static bool Continues(List<PendingItem> run, PendingItem next) =>
        run is [] || (run[^1].Item is not null && next.Item is not null && next.Sequence == run[^1].Sequence + 1);

    /// <summary>Writes where the tenant's day has room for it; else the channel closes with that reason, and can be opened again.</summary>
    private async Task<bool> MeasureAndWriteAsync(List<PendingItem> run)
    {
        try
        {
            if (tools.Quotas.OfCaller is { } quota)
            {
                await quota.TakePayloadAsync(run.Sum(item => (long)item.Bytes));
            }
        }
        catch (QuotaExceededException error)
        {
            return await CloseAsync(ServerMessage.Error(number, new() { Pointer = "", Code = QuotaWords.Code, Message = error.Message }, run[0].Sequence));
        }

        return await WriteAsync(run);
    }

    private async Task<bool> WriteAsync(List<PendingItem> run)
    {
        var reply = await WriteAsync(
            new() { Writer = writer, FirstSequence = run[0].Sequence, Items = [.. run.Select(item => item.Item!)] }, // All of a run are items.
            run.Sum(item => item.Bytes));
        if (reply.Outcome is InputOutcome.Refused && run.Count > 1)
        {
            // One of them is no item of the channel: those before it are taken, and it is named.
            foreach (var one in run)
            {
                if (!await WriteAsync([one]))
                {
                    return false;
                }
            }

            return true;
        }

        if (reply.Outcome is not InputOutcome.Taken)
        {
            return await RefuseAsync(reply, run[0].Sequence);
        }

        // Settled before the client hears that they are stored: it may answer at once.
        var more = _receiver.Settle(run);
        await outbox.SendAsync(ServerMessage.Ack(number, reply.NextSequence));
        if (more is { } credit)
        {
            await outbox.SendAsync(ServerMessage.More(number, credit));
        }

        return true;
    }

    /// <summary>Writes, and again for as long as there is no room or the cluster is away: what the channel has it recognises.</summary>
    private async Task<InputReply> WriteAsync(InputWrite write, int bytes)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var reply = await tools.Sessions.WriteInputAsync(key, write, bytes);
                if (reply.Outcome is not InputOutcome.NoRoom)
                {
                    return reply;
                }
            }
            catch (UnavailableException)
            {
                // So far nobody knows what became of it.
            }

            await Retries.PauseAsync(tries, tools.Time, over);
        }
    }

    /// <summary>Says that the channel has ended, or why it cannot be written.</summary>
    private Task<bool> FinishAsync(InputReply reply) => reply.Outcome is InputOutcome.Taken or InputOutcome.Ended
        ? CloseAsync(ServerMessage.End(number, reply.NextSequence))
        : RefuseAsync(reply, sequence: null);

    private Task<bool> RefuseAsync(InputReply reply, long? sequence) => CloseAsync(InputRefusal.Of(number, key, writer, reply, sequence));

    /// <summary>Is over before the client hears so, which may open the channel again at once.</summary>
    private async Task<bool> CloseAsync(ServerMessage last)
    {
        _isOver = true;
        await outbox.SendAsync(last);
        return false;
    }
}
