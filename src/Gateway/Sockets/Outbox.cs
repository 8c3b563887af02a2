using System.Net.WebSockets;
using System.Threading.Channels;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Sockets.Frames;
using BlueEdge.Gateway.Sockets.Messages;

namespace BlueEdge.Gateway.Sockets;

/// <summary>
/// What is on its way to a client, in order: one queue, bounded by bytes, and one loop that sends. Who has more to say waits for room, so that a client
/// that does not read costs the queue.
/// </summary>
/// <param name="socket">Where it goes.</param>
/// <param name="patience">How long the client may take for one message.</param>
/// <param name="time">The time.</param>
/// <param name="gone">Fires when the connection is no more.</param>
internal sealed class Outbox(WebSocket socket, TimeSpan patience, TimeProvider time, CancellationToken gone)
{
    private const int QueueBytes = 256 * 1024;

    /// <summary>Up to here one copy costs less than one more message to the network.</summary>
    private const int SmallBytes = 16 * 1024;

    private readonly ByteBudget _room = new(QueueBytes, time);
    private readonly Channel<OutFrame> _frames = Channel.CreateUnbounded<OutFrame>(new() { SingleReader = true });

    /// <summary>Puts a message into the queue once there is room; when the socket is closing it is dropped.</summary>
    /// <exception cref="OperationCanceledException">The connection is no more.</exception>
    public async ValueTask SendAsync(OutFrame frame)
    {
        var weight = Math.Min(frame.Weight, QueueBytes);
        if (!_room.TryTake(weight))
        {
            await _room.TakeAsync(weight, Timeout.InfiniteTimeSpan, gone);
        }

        if (!_frames.Writer.TryWrite(frame))
        {
            _room.Give(weight);
        }
    }

    /// <inheritdoc cref="SendAsync(OutFrame)"/>
    public ValueTask SendAsync(ServerMessage message) => SendAsync(ControlFrames.Write(message));

    /// <summary>Nothing more comes.</summary>
    public void Complete() => _frames.Writer.TryComplete();

    /// <summary>Sends until all is sent that came before <see cref="Complete"/>.</summary>
    /// <exception cref="TimeoutException">The client takes nothing.</exception>
    public async Task RunAsync()
    {
        var small = GC.AllocateUninitializedArray<byte>(1_024);
        await foreach (var frame in _frames.Reader.ReadAllAsync(gone))
        {
            var length = frame.Head.Length + frame.Content.Length;
            if (frame.Content.IsEmpty)
            {
                await SendAsync(frame.Head, frame.Type, isEnd: true);
            }
            else if (length <= SmallBytes)
            {
                small = small.Length < length ? GC.AllocateUninitializedArray<byte>(SmallBytes) : small;
                frame.Head.CopyTo(small);
                frame.Content.CopyTo(small.AsMemory(frame.Head.Length));
                await SendAsync(small.AsMemory(0, length), frame.Type, isEnd: true);
            }
            else
            {
                await SendAsync(frame.Head, frame.Type, isEnd: false);
                await SendAsync(frame.Content, frame.Type, isEnd: true);
            }

            _room.Give(Math.Min(frame.Weight, QueueBytes));
        }
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, bool isEnd)
    {
        var send = socket.SendAsync(bytes, type, isEnd, gone);
        return send.IsCompletedSuccessfully ? send : new(send.AsTask().WaitAsync(patience, time, gone));
    }
}
