using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Load.Sockets;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Listens by a socket, with credit for few items at a time.</summary>
internal sealed class SocketListener(Gateway[] gateways, string session) : ListeningClient(gateways)
{
    private const int Channel = 2;
    private const int Credit = 64;
    private const int Bytes = 64 * 1024;

    protected override async Task<bool> StayAsync(Gateway gateway)
    {
        using var socket = await LiveSocket.OpenAsync(new(gateway.Address, $"api/v1/sessions/{session}/socket"), TestContext.Current.CancellationToken);
        var after = Heard.Cursor is { } cursor ? $",\"after\":\"{cursor}\"" : "";
        await socket.SayAsync($$"""{"type":"open","channel":{{Channel}},"name":"Out","direction":"out","items":{{Credit}},"bytes":{{Bytes}}{{after}}}""");
        for (var taken = 0; ;)
        {
            var message = await socket.ReceiveAsync(TestContext.Current.CancellationToken);
            if (message.IsItem)
            {
                var (epoch, offset) = message.Place;
                Hear($"{epoch}:{offset}", JsonElement.Parse(message.Content.Span));
                if (++taken == Credit / 2)
                {
                    await socket.SayAsync($$"""{"type":"credit","channel":{{Channel}},"items":{{taken}},"bytes":{{Bytes / 2}}}""");
                    taken = 0;
                }
            }
            else if (message.Is("end"u8))
            {
                return true;
            }
            else if (socket.Closed.Code is var code and not 0)
            {
                Assert.True(code is 4410, $"A listener's socket was closed: {socket.Closed}");
                return false;
            }
            else
            {
                Assert.True(message.Is("status"u8) || message.Is("opened"u8) || message.Is("goaway"u8), $"A listener was told {message}.");
            }
        }
    }
}
