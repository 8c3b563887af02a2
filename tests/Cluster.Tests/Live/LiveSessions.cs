using System.Net.Http.Json;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Load.Sockets;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Sessions of one relay, which clients write by its channel <c>In</c> and hear by <c>Out</c>.</summary>
internal static class LiveSessions
{
    /// <summary>The number of <c>In</c> on each socket.</summary>
    public const int In = 1;

    /// <summary>The number of <c>Out</c>.</summary>
    public const int Out = 2;

    /// <summary>Starts one.</summary>
    /// <param name="gateway">Where.</param>
    /// <param name="isKept">Whether all that comes out is kept, or the newest of it.</param>
    /// <returns>Where its socket is.</returns>
    public static async Task<Uri> StartAsync(Gateway gateway, bool isKept) => new(gateway.Address, $"api/v1/sessions/{await StartSessionAsync(gateway, isKept)}/socket");

    /// <inheritdoc cref="StartAsync"/>
    /// <returns>Its id.</returns>
    public static async Task<string> StartSessionAsync(Gateway gateway, bool isKept)
    {
        var body = new
        {
            dataChannels = new object[] { new { name = "In", type = "JSON", external = "in" }, new { name = "Out", type = "JSON", external = "out", interested = isKept } },
            engines = new[] { new { id = "relay", inputs = new[] { new { name = "In", linkTo = "In" } }, outputs = new[] { new { name = "Out", linkTo = "Out" } } } },
        };
        using var response = await gateway.Http.PostAsJsonAsync(new Uri("api/v1/process-workflow", UriKind.Relative), body, TestContext.Current.CancellationToken);
        var answer = await Gateway.ReadAsync(response);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {answer}");
        return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An id is a text.
    }

    /// <summary>A socket that listens, with credit for so many items and bytes.</summary>
    public static async Task<LiveSocket> ListenAsync(Uri address, long credit)
    {
        var socket = await LiveSocket.OpenAsync(address, TestContext.Current.CancellationToken);
        await socket.SayAsync($$"""{"type":"open","channel":{{Out}},"name":"Out","direction":"out","items":{{credit}},"bytes":{{credit}}}""");
        await OpenedAsync(socket);
        return socket;
    }

    /// <summary>A socket that writes.</summary>
    public static async Task<LiveSocket> WriteToAsync(Uri address)
    {
        var socket = await LiveSocket.OpenAsync(address, TestContext.Current.CancellationToken);
        await socket.SayAsync($$"""{"type":"open","channel":{{In}},"name":"In","direction":"in","writer":"w"}""");
        await OpenedAsync(socket);
        return socket;
    }

    private static async Task OpenedAsync(LiveSocket socket)
    {
        while (await socket.ReceiveAsync(TestContext.Current.CancellationToken) is var message && !message.Is("opened"u8))
        {
            Assert.True(message.Is("status"u8), $"A channel is not opened: {message} {socket.Closed}");
        }
    }
}
