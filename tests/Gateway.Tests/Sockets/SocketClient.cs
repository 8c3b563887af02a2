using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Sockets;

/// <summary>A client of the protocol that does nothing by itself.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private SocketClient(ClientWebSocket socket) => Socket = socket;

    public ClientWebSocket Socket { get; }

    /// <summary>The statuses of the session that were told, one after the other.</summary>
    public List<string> Statuses { get; } = [];

    public static async Task<SocketClient> OpenAsync(HttpClient http, string sessionId, string query = "", string? origin = null, string protocol = "blueedge.v1", string? key = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        if (key is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        }

        SocketClient client = new(socket);
        var address = new UriBuilder(new Uri(http.BaseAddress!, $"sessions/{sessionId}/socket{query}")) { Scheme = "ws" };
        try
        {
            await socket.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // Its status says why.
        }

        return client;
    }

    public static Task<SocketClient> OpenAsync(StubGateway gateway, FakeSession session, string query = "") =>
        OpenAsync(gateway.Http, gateway.Grains.IdOf(session), query);

    /// <summary>A frame of an item.</summary>
    public static byte[] Frame(int channel, long sequence, byte[] content, string metadata = "", byte flags = 0)
    {
        var said = Encoding.UTF8.GetBytes(metadata);
        return
        [
            1, flags, .. BitConverter.GetBytes((ushort)channel), .. BitConverter.GetBytes(0u), .. BitConverter.GetBytes((ulong)sequence), .. BitConverter.GetBytes(said.Length), 0, 0, 0, 0,
            .. said, .. content,
        ];
    }

    public Task SayAsync(string json) => Socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    public Task SendAsync(byte[] frame) => Socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);

    public Task SendAsync(int channel, long sequence, string json, string metadata = "") => SendAsync(Frame(channel, sequence, Encoding.UTF8.GetBytes(json), metadata));

    /// <summary>Opens a channel to be written, and answers with what it was told.</summary>
    public async Task<Heard> WriteToAsync(int channel, string name, string writer = "w")
    {
        await SayAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"open","channel":{{channel}},"name":"{{name}}","direction":"in","writer":"{{writer}}"}"""));
        return await NextAsync();
    }

    /// <summary>Opens a channel to be listened to.</summary>
    public async Task ListenToAsync(int channel, string name, long items = 1_000, long bytes = 100_000_000, string? after = null)
    {
        var behind = after is null ? "" : $",\"after\":\"{after}\"";
        await SayAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"open","channel":{{channel}},"name":"{{name}}","direction":"out","items":{{items}},"bytes":{{bytes}}{{behind}}}"""));
        Assert.Equal("opened", (await NextAsync()).Type);
    }

    /// <summary>What comes next but for statuses, which are kept.</summary>
    public async Task<Heard> NextAsync()
    {
        while (true)
        {
            var heard = await HearAsync();
            if (heard.Type is not "status")
            {
                return heard;
            }

            if (heard.Control.TryGetProperty("process", out var process))
            {
                Statuses.Add(process.GetProperty("status").GetString() ?? "");
            }
        }
    }

    /// <summary>What comes next of that kind; credit and acknowledgements are passed over.</summary>
    public async Task<Heard> NextAsync(string type)
    {
        while (true)
        {
            var heard = await NextAsync();
            if (heard.Type == type)
            {
                return heard;
            }

            Assert.True(heard.Type is "credit" or "ack", $"A '{type}' was to come, and not {heard.Type} {heard.Control} {heard.Reason}.");
        }
    }

    /// <summary>So many of the next items.</summary>
    public async Task<List<T>> TakeAsync<T>(int count, Func<Heard, T> show)
    {
        List<T> items = [];
        while (items.Count < count)
        {
            items.Add(show(await NextAsync("item")));
        }

        return items;
    }

    /// <summary>Breaks the connection without a word.</summary>
    public void Cut() => Socket.Abort();

    public ValueTask DisposeAsync()
    {
        Socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What comes next, whatever it is.</summary>
    public async Task<Heard> HearAsync()
    {
        using var message = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (true)
        {
            var received = await Socket.ReceiveAsync(piece, TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
            if (received.MessageType is WebSocketMessageType.Close)
            {
                await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
                return new(default, [], (int)received.CloseStatus!, received.CloseStatusDescription ?? "");
            }

            message.Write(piece, 0, received.Count);
            if (received.EndOfMessage)
            {
                return received.MessageType is WebSocketMessageType.Binary
                    ? new(default, message.ToArray())
                    : new(JsonDocument.Parse(message.ToArray()).RootElement, []);
            }
        }
    }
}
