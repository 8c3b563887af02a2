using System.Text;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Load.Sockets;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Writes by a socket. Wherever it comes it sends its last item once more, which the channel must recognise.</summary>
internal sealed class SocketWriter(Gateway[] gateways, string session, int writer) : WritingClient(gateways, writer)
{
    private const int Channel = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    protected override async Task<bool> StayAsync(Gateway gateway)
    {
        using var socket = await LiveSocket.OpenAsync(new(gateway.Address, $"api/v1/sessions/{session}/socket"), TestContext.Current.CancellationToken);
        await socket.SayAsync($$"""{"type":"open","channel":{{Channel}},"name":"In","direction":"in","writer":"{{Name}}"}""");
        if (await AnswerAsync(socket) is not { } next)
        {
            return false;
        }

        Written = next;
        for (var from = Math.Max(0, next - 1); ; from = Written)
        {
            var until = Written + Together;
            for (var number = from; number < until; number++)
            {
                await socket.SendAsync(LiveSocket.Frame(Channel, number, Encoding.UTF8.GetBytes(Item(number))));
            }

            while (Written < until)
            {
                if (await AnswerAsync(socket) is not { } acknowledged)
                {
                    return false;
                }

                Written = acknowledged;
                Progress();
            }

            if (!await HasMoreAsync())
            {
                return true;
            }
        }
    }

    /// <summary>The number that the channel wants next; null where the gateway sends the client away.</summary>
    private static async Task<long?> AnswerAsync(LiveSocket socket)
    {
        while (true)
        {
            var message = await socket.ReceiveAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TimeProvider.System);
            if (message.Is("opened"u8) || message.Is("ack"u8))
            {
                return message.Control.GetProperty("nextSequence").GetInt64();
            }

            if (socket.Closed.Code is var code and not 0)
            {
                Assert.True(code is 4410, $"A writer's socket was closed: {socket.Closed}");
                return null;
            }

            Assert.True(message.Is("status"u8) || message.Is("credit"u8) || message.Is("goaway"u8), $"A writer was told {message}.");
        }
    }
}
