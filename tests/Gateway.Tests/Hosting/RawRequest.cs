using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>Requests as they are written, also such as no client library would send.</summary>
internal static class RawRequest
{
    /// <summary>Sends the text and returns the answer's status, and all of the answer once the server has closed.</summary>
    public static async Task<(int Status, string Text)> SendAsync(Uri server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System, TestContext.Current.CancellationToken);
        return (int.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture), text);
    }

    /// <param name="server">The server.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="headers">Lines of the head besides Content-Length and Connection.</param>
    /// <param name="body">The body.</param>
    public static Task<(int Status, string Text)> SendAsync(Uri server, string method, string path, string[] headers, string body = "") =>
        SendAsync(server, $"{method} {path} HTTP/1.1\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
}
