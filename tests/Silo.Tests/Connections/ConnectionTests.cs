using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
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

    [Fact]
    public async Task A_caller_that_does_not_take_its_answer_is_cut_off_and_others_get_theirs()
    {
        // Room for one large answer at a time: who holds it holds up all others.
        await using var silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string>
        {
            ["BlueEdge__Gateway__RateGrace"] = "00:00:02",
            ["BlueEdge__Gateway__AnswersBytes"] = "9000000",
        });
        var session = await SubmitLargeAsync(silo, items: 8);
        using var slow = new TcpClient { ReceiveBufferSize = 4_096 };
        await slow.ConnectAsync("127.0.0.1", silo.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await SendAsync(slow, $"GET /api/v1/process-workflow/{session} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal("HTTP/1.1 200", await ReadStatusAsync(slow));

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var whole = await silo.Http.GetByteArrayAsync(new Uri($"api/v1/process-workflow/{session}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.True(watch.Elapsed < Patience, $"The other had its answer after {watch.Elapsed}.");
        Assert.InRange(await CountUntilEndAsync(slow), 0, whole.Length - 1);
        Assert.Single(silo.Output.Split('\n'), line => line.Contains("callers were cut off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_readers_of_large_results_all_get_them_while_others_are_served_and_memory_stays_bounded()
    {
        const int Readers = 50;
        const long MostMemory = 1_500_000_000;
        await using var silo = await SiloProcess.StartAsync();
        var session = await SubmitLargeAsync(silo, items: 13);
        var length = (await silo.Http.GetByteArrayAsync(new Uri($"api/v1/process-workflow/{session}", UriKind.Relative), TestContext.Current.CancellationToken)).Length;

        var readers = Enumerable.Range(0, Readers).Select(async _ =>
        {
            using var answer = await silo.Http.GetAsync(new Uri($"api/v1/process-workflow/{session}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            await using var content = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            return (answer.StatusCode, await CountUntilEndAsync(content));
        }).ToList();
        var all = Task.WhenAll(readers);
        var (served, most) = (0, 0L);
        do
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, await silo.GetStatusAsync("api/v1/engines"));
            served++;
            most = Math.Max(most, silo.Memory);
        }
        while (await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken)) != all);

        Assert.All(await all, answer => Assert.Equal((System.Net.HttpStatusCode.OK, (long)length), answer));
        Assert.InRange(most, 0, MostMemory);
        Assert.InRange(served, 2, int.MaxValue);
    }

    [Fact]
    public async Task Callers_that_take_all_descriptors_are_told_so_and_others_are_answered_once_they_go()
    {
        await using var silo = await SiloProcess.StartAsync(descriptors: 420);
        List<TcpClient> held = [];
        List<string> answers = [];
        for (var i = 0; i < 1_000; i++)
        {
            var client = new TcpClient();
            held.Add(client);
            await client.ConnectAsync("127.0.0.1", silo.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
            await SendAsync(client, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            answers.Add(await ReadStatusAsync(client));
        }

        Assert.Equal(["HTTP/1.1 200", "HTTP/1.1 503"], answers.Distinct(StringComparer.Ordinal));
        held.ForEach(client => client.Dispose());
        for (var since = System.Diagnostics.Stopwatch.StartNew(); await silo.GetStatusAsync("api/v1/engines") != System.Net.HttpStatusCode.OK; await Task.Yield())
        {
            Assert.True(since.Elapsed < Patience, $"Nobody is answered. It wrote:\n{silo.Output}");
        }

        Assert.NotEmpty(await SubmitLargeAsync(silo, items: 2));
        Assert.Equal(0, await silo.StopAsync());
    }

    [Fact]
    public async Task Too_few_descriptors_to_start_are_told_of_in_one_line()
    {
        await using var silo = SiloProcess.Launch(descriptors: 300);

        Assert.Equal(1, await silo.WaitForExitAsync());
        Assert.Contains("ulimit -n", Assert.Single(silo.Output.Split('\n')), StringComparison.Ordinal);
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

    /// <summary>Runs a session that has so many results of almost a megabyte; its id.</summary>
    private static async Task<string> SubmitLargeAsync(SiloProcess silo, int items)
    {
        using var answer = await silo.Http.PostAsJsonAsync(
            new Uri("api/v1/process-workflow", UriKind.Relative),
            new
            {
                dataChannels = new object[] { new { name = "A", type = "JSON" }, new { name = "B", type = "JSON", interested = true } },
                engines = new[] { new { id = "relay", name = "relay", inputs = new[] { new { name = "In", linkTo = "A" } }, outputs = new[] { new { name = "Out", linkTo = "B" } } } },
                startData = Enumerable.Repeat(new { channelName = "A", payload = new string('x', 990_000) }, items),
                waitTimeSecond = 30,
            },
            TestContext.Current.CancellationToken);
        var data = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("data");
        Assert.Equal("finished", data.GetProperty("process").GetProperty("status").GetString());
        return data.GetProperty("sessionId").GetString()!; // An answer has one.
    }

    private static async Task<long> CountUntilEndAsync(TcpClient client)
    {
        try
        {
            return await CountUntilEndAsync(client.GetStream());
        }
        catch (IOException)
        {
            // It was cut off.
            return 0;
        }
    }

    private static async Task<long> CountUntilEndAsync(Stream content)
    {
        var (buffer, count) = (new byte[256 * 1024], 0L);
        while (await content.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken) is > 0 and var read)
        {
            count += read;
        }

        return count;
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
