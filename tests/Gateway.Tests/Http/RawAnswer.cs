using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace BlueEdge.Gateway.Tests.Http;

/// <summary>Bytes sent to the server as they are, and what came back until it hung up: for what no client library would send.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    public static async Task<RawAnswer> OfAsync(Uri server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // It may have heard enough before the end.
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // What was not read of the request resets the connection.
        }

        var text = Encoding.UTF8.GetString(answer.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"No answer came, but: {text}");
        return new(int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), text[..end], text[(end + 4)..]);
    }

    /// <summary>Checks that it is an envelope that says no, and nothing else.</summary>
    public void IsEnvelope()
    {
        Assert.Contains("application/json", Head, StringComparison.Ordinal);
        using var body = JsonDocument.Parse(Body);
        Assert.Equal("error", body.RootElement.GetProperty("status").GetString());
        Assert.NotEmpty(body.RootElement.GetProperty("message").GetString() ?? "");
        Assert.Contains($"Content-Length: {Encoding.UTF8.GetByteCount(Body)}", Head, StringComparison.OrdinalIgnoreCase);
    }
}
