using System.Net.Sockets;
using System.Text;
using BlueEdge.Hosting.Connections;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Connections;

public sealed class ConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Connections_beyond_the_limit_are_told_so_and_the_log_says_it_once()
    {
        await using var silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string> { ["BlueEdge__Gateway__MaxConnections"] = "3" });
        List<TcpClient> held = [];
        List<string> answers = [];
        for (var i = 0; i < 10; i++)
        {
            var client = new TcpClient();
            held.Add(client);
            await client.ConnectAsync("127.0.0.1", silo.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
            await SendAsync(client, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            answers.Add(await ReadStatusAsync(client));
        }

        held.ForEach(client => client.Dispose());

        // The test's own client may hold one.
        Assert.InRange(answers.Count(answer => answer is "HTTP/1.1 200"), 2, 3);
        Assert.All(answers[3..], answer => Assert.Equal("HTTP/1.1 503", answer));
        Assert.Single(silo.Output.Split('\n'), line => line.Contains("connections were refused"));
        await silo.StopAsync();
    }

    [Fact]
    public async Task Who_sends_a_body_or_a_head_too_slowly_is_cut_off()
    {
        await using var silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string>
        {
            ["BlueEdge__Gateway__RateGrace"] = "00:00:02",
            ["BlueEdge__Gateway__HeadersTimeout"] = "00:00:02",
            ["BlueEdge__Gateway__KeepAliveTimeout"] = "00:00:02",
        });

        var body = OpenAsync(silo, "POST /api/v1/process-workflow HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
        var head = OpenAsync(silo, "GET /health/live HTTP/1.1\r\nHost: local");
        var idle = OpenAsync(silo, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 408", await body);
        Assert.Contains("\"status\":\"error\"", await body);
        Assert.StartsWith("HTTP/1.1 408", await head);
        Assert.StartsWith("HTTP/1.1 200", await idle);
    }

    [Theory]
    [InlineData("Max open files            1024                 524288               files     ", 1024)]
    [InlineData("Max open files            unlimited            unlimited            files     ", int.MaxValue)]
    [InlineData("Max processes             7                    7                    processes ", int.MaxValue)]
    public void The_limit_of_descriptors_is_the_one_that_holds(string line, int limit) => Assert.Equal(limit, Descriptors.LimitIn([line]));

    /// <summary>Sends the text, and returns all that comes until the server closes.</summary>
    private static async Task<string> OpenAsync(SiloProcess silo, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", silo.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await SendAsync(client, text);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static async Task SendAsync(TcpClient client, string text)
    {
        try
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // It has said no already.
        }
    }

    private static async Task<string> ReadStatusAsync(TcpClient client)
    {
        var status = new byte["HTTP/1.1 200".Length];
        await client.GetStream().ReadExactlyAsync(status, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(status);
    }
}
