using System.Net;
using BlueEdge.Gateway.Sockets;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Hosting.Guards;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Gateway.Tests.Sockets;

/// <summary>How a socket is opened and closed, and what it does with what is none of the protocol.</summary>
public sealed class SocketTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("""{"type":"open","channel":1,"name":"None","direction":"out"}""", "/name", "unknown-channel")]
    [InlineData("""{"type":"open","channel":1,"name":"None","direction":"in","writer":"w"}""", "/name", "unknown-channel")]
    [InlineData("""{"type":"open","channel":1,"name":"Out","direction":"in"}""", "/writer", "required")]
    [InlineData("""{"type":"open","channel":1,"name":"Out","direction":"in","writer":"a\nb"}""", "/writer", "out-of-range")]
    [InlineData("""{"type":"open","channel":1,"name":"Out","direction":"up"}""", "/direction", "malformed")]
    [InlineData("""{"type":"open","channel":1,"name":"Out","direction":"out","after":"x"}""", "/after", "malformed")]
    [InlineData("""{"type":"open","channel":1,"direction":"out"}""", "/name", "required")]
    public async Task A_channel_that_cannot_be_opened_is_told_with_the_pointer_and_the_socket_goes_on(string open, string pointer, string code)
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Inputs[$"{Id}/None"] = new(gateway.Grains) { Type = null };
        await using var client = await OpenAsync(gateway);

        await client.SayAsync(open);

        var error = await client.NextAsync();
        Assert.Equal(("error", "1", pointer, code), (error.Type, error.Text("channel"), error.Text("pointer"), error.Text("code")));
        await client.ListenToAsync(1, "Out");
    }

    [Fact]
    public async Task A_socket_has_so_many_channels_and_no_more()
    {
        await using var gateway = await StubGateway.StartAsync(services: services => services.Configure<SocketOptions>(options => options.MaxChannels = 1));
        await using var client = await OpenAsync(gateway);
        await client.ListenToAsync(1, "Out");

        await client.SayAsync("""{"type":"open","channel":2,"name":"Out","direction":"out"}""");

        var error = await client.NextAsync();
        Assert.Equal(("/channel", "too-large"), (error.Text("pointer"), error.Text("code")));
    }

    [Theory]
    [InlineData("{", "no control message")]
    [InlineData("""{"type":"open","channel":1,"name":"Out","direction":"out"}""", "Channel 1 is open")]
    [InlineData("""{"type":"credit","channel":1,"items":1}""", "credit for what it listens to")]
    [InlineData("""{"type":"end","channel":9}""", "never opened")]
    public async Task A_control_message_that_is_none_ends_the_socket_and_nothing_else(string text, string reason) =>
        await EndsAsync(client => client.SayAsync(text), reason);

    [Theory]
    [InlineData(0, 9, "version")]
    [InlineData(1, 8, "flags")]
    [InlineData(2, 2, "channel is 2")]
    [InlineData(2, 3, "channel is 3")]
    [InlineData(4, 1, "epoch")]
    [InlineData(15, 255, "sequence")]
    [InlineData(16, 1, "not one JSON")]
    [InlineData(16, 255, "ends before")]
    [InlineData(18, 1, "metadata length")]
    [InlineData(22, 1, "last four")]
    public async Task A_frame_that_is_none_ends_the_socket_and_nothing_else(int place, int value, string reason) => await EndsAsync(
        client =>
        {
            var frame = SocketClient.Frame(1, 0, "x1"u8.ToArray());
            frame[place] = (byte)value;
            return client.SendAsync(frame);
        },
        reason);

    [Fact]
    public async Task So_does_a_frame_that_is_too_long_or_too_short_or_does_not_go_on_with_its_item()
    {
        await EndsAsync(client => client.SendAsync(new byte[23]), "24 bytes");
        await EndsAsync(client => client.SendAsync(SocketClient.Frame(1, 0, new byte[(1024 * 1024) + 1])), "at most 1048576 bytes");
        await EndsAsync(client => client.SayAsync(new string('x', 9_000)), "at most 8192 bytes");
        await EndsAsync(client => TwiceAsync(client, SocketClient.Frame(1, 1, [1])), "has to be whole");
        await EndsAsync(client => TwiceAsync(client, SocketClient.Frame(1, 0, [1], "{}")), "no metadata");

        static async Task TwiceAsync(SocketClient client, byte[] second)
        {
            await client.SendAsync(SocketClient.Frame(1, 0, [1], flags: 1));
            await client.SendAsync(second);
        }
    }

    [Fact]
    public async Task Random_frames_end_sockets_and_nothing_else()
    {
        var log = new KeptLog();
        await using (var gateway = await StubGateway.StartAsync(services: log.Keep))
        {
            Random random = new(7);
            for (var round = 0; round < 100; round++)
            {
                await using var client = await OpenAsync(gateway);
                await client.WriteToAsync(1, "In");
                var frame = SocketClient.Frame(1, 0, new byte[random.Next(100)], "{\"key\":\"k\"}");
                frame[random.Next(24)] ^= (byte)(1 << random.Next(8));
                frame[1] &= 0xFE; // Whose item goes on is not answered yet.
                await client.SendAsync(random.Next(10) == 0 ? frame[..random.Next(frame.Length)] : frame);
                var heard = await client.NextAsync();
                Assert.True(heard.Type is "ack" or "error" || heard is { CloseCode: 4400, Reason.Length: > 0 }, $"{heard.Type} {heard.Control} {heard.CloseCode} {heard.Reason}");
            }
        }

        Assert.Empty(log.Faults);
    }

    [Fact]
    public async Task A_process_that_stops_says_goaway_and_closes()
    {
        var gateway = await StubGateway.StartAsync();
        await using var client = await OpenAsync(gateway);
        await client.ListenToAsync(1, "Out");

        var stopped = gateway.StopAsync();

        Assert.Equal("goaway", (await client.NextAsync()).Type);
        Assert.Equal(4410, (await client.NextAsync()).CloseCode);
        await stopped;
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_socket_that_is_as_old_as_one_may_be_is_to_come_back()
    {
        await using var gateway = await StubGateway.StartAsync(configure: options => options.LongestWait = TimeSpan.FromMilliseconds(100));
        await using var client = await OpenAsync(gateway);

        Assert.Equal("goaway", (await client.NextAsync()).Type);
        Assert.Equal(4410, (await client.NextAsync()).CloseCode);
    }

    [Fact]
    public async Task A_session_that_is_forgotten_has_its_listeners_told_that_their_place_is_lost()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var client = await OpenAsync(gateway);
        await client.ListenToAsync(1, "Out");

        gateway.Grains.Session(Id).Vanish();

        Assert.Equal(4411, (await client.NextAsync()).CloseCode);
    }

    [Fact]
    public async Task What_cannot_be_a_socket_is_answered()
    {
        await using var gateway = await StubGateway.StartAsync(services: services => services.Configure<SocketOptions>(options => options.MaxSockets = 1));
        await using var first = await OpenAsync(gateway);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, Id));
        first.Cut();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway, SessionIds.Create()));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway, "none"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(gateway, Id, protocol: "blueedge.v9"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(gateway, Id, query: "?after=x"));
        var plain = await gateway.Http.ReadAsync($"sessions/{Id}/socket");
        Assert.Equal((HttpStatusCode.UpgradeRequired, "websocket"), (plain.StatusCode, plain.Response.Headers.Upgrade.ToString()));
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("https://console.example", HttpStatusCode.SwitchingProtocols)]
    [InlineData("own", HttpStatusCode.SwitchingProtocols)]
    [InlineData(null, HttpStatusCode.SwitchingProtocols)]
    public async Task A_page_of_another_site_opens_none_unless_it_may(string? origin, HttpStatusCode expected)
    {
        await using var gateway = await StubGateway.StartAsync(services: services => services.Configure<HttpGuardOptions>(options => options.AllowedOrigins = "https://console.example"));
        gateway.Grains.Session(Id).Begin("Out");

        Assert.Equal(expected, await StatusAsync(gateway, Id, origin: origin is "own" ? gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin));
    }

    /// <summary>Does something to a socket that writes channel 1, which ends as malformed; the session and the log know nothing of it.</summary>
    private static async Task EndsAsync(Func<SocketClient, Task> act, string reason)
    {
        var log = new KeptLog();
        await using (var gateway = await StubGateway.StartAsync(services: log.Keep))
        {
            await using (var client = await OpenAsync(gateway))
            {
                await client.WriteToAsync(1, "In");

                await act(client);

                var close = await client.NextAsync();
                Assert.Equal(4400, close.CloseCode);
                Assert.Contains(reason, close.Reason, StringComparison.Ordinal);
            }

            await using var next = await SocketClient.OpenAsync(gateway.Http, Id);
            Assert.Equal("opened", (await next.WriteToAsync(1, "In")).Type);
            Assert.All(gateway.Grains.Inputs[$"{Id}/In"].Written, write => Assert.Empty(write.Items));
        }

        Assert.Empty(log.Faults);
    }

    private static async Task<HttpStatusCode> StatusAsync(StubGateway gateway, string sessionId, string query = "", string? origin = null, string protocol = "blueedge.v1")
    {
        await using var client = await SocketClient.OpenAsync(gateway.Http, sessionId, query, origin, protocol);
        return client.Socket.HttpStatusCode;
    }

    private static Task<SocketClient> OpenAsync(StubGateway gateway)
    {
        gateway.Grains.Session(Id).Begin("Out");
        return SocketClient.OpenAsync(gateway.Http, Id);
    }
}
