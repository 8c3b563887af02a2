using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BlueEdge.Silo.Tests.Processes;
using BlueEdge.Webhooks.Tests.Outbound;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>This machine is called neither for a session nor for a test, however its address is written; servers on it see no connection.</summary>
public sealed class RefusedAddressTests : IAsyncLifetime
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static readonly string[] Hosts =
    [
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7F.1", "0177.0.0.1", "017700000001", "127.0.0.1.",
        "0.0.0.0", "0", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]", "[64:ff9b:1::127.0.0.1]", "[2002:7f00:1::]", "[2001:0:7f00:1::80ff:fffe]", "[fe80::1%25lo]", "[::1%25lo]",
        "127。0。0。1", "localhost", "LOCALHOST.", "a.localhost",
    ];

    /// <summary>To some programs an address of this machine; to the process, which has no tables of characters, a name that nobody knows.</summary>
    private const string Unknown = "１２７.０.０.１";

    private SiloProcess _silo = null!; // Started before any test.
    private Server _server = null!;
    private Server _server6 = null!;

    public async ValueTask InitializeAsync()
    {
        _server = Server.Answering(Ok, "0.0.0.0");
        _server6 = Server.Answering(Ok, "::1", _server.Port);
        _silo = await Sessions.StartSiloAsync(environment: null, ("Outbound__AllowHttp", "true"), ("Webhooks__Retries", "00:00:00.1"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _server6.DisposeAsync();
        await _silo.DisposeAsync();
    }

    [Fact]
    public async Task A_session_runs_and_calls_none_of_its_addresses_and_says_so()
    {
        var session = await _silo.HelloAsync([.. Hosts.Select(host => Sessions.Webhook(_server.At(host).OriginalString))]);

        // Four statuses, none of which arrives.
        var webhooks = await _silo.Http.WebhooksAsync(session, webhook => webhook.GetProperty("failed").GetInt32() == 4);

        Assert.Equal((0, 0), (_server.Connections, _server6.Connections));
        Assert.All(webhooks.Zip(Hosts), each =>
        {
            var deliveries = each.First.GetProperty("deliveries").EnumerateArray().ToList();
            Assert.Equal(4, deliveries.Count);
            Assert.All(deliveries, delivery => Assert.Equal("failed", delivery.GetProperty("status").GetString()));
            Assert.All(deliveries, delivery => Assert.Matches("which is not called|may be called|no zone", delivery.GetProperty("lastAttempt").GetProperty("error").GetString()));
        });
        var answer = await _silo.Http.GetJsonAsync($"api/v1/process-single-engine/{session}");
        Assert.Equal("finished", answer.GetProperty("data").GetProperty("process").GetProperty("status").GetString());
        var warnings = answer.GetProperty("data").GetProperty("warnings").EnumerateArray().Where(warning => warning.GetProperty("code").GetString() == "webhook-refused").ToList();
        Assert.Equal(Hosts.Length, warnings.Count);
        var lines = _silo.Output.Split('\n').Where(line => line.Contains("A call was refused, for its Address", StringComparison.Ordinal)).ToList();
        Assert.All(lines, line => Assert.Contains($"session {session}", line, StringComparison.Ordinal));
        Assert.All(Hosts, host => Assert.Contains(lines, line => line.Contains($"http://{Written(host)}:{_server.Port}", StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.DoesNotContain("/hook", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_test_of_one_is_not_sent_and_says_why()
    {
        foreach (var host in Hosts.Append(Unknown))
        {
            var report = await _silo.Http.TestAsync(_server.At(host).OriginalString);

            Assert.False(report.GetProperty("delivered").GetBoolean(), $"{host}: {report}");
            Assert.Matches(host == Unknown ? "name is not known" : "which is not called|may be called|no zone", $"{host}: {report.GetProperty("error").GetString()}");
        }

        Assert.Equal((0, 0), (_server.Connections, _server6.Connections));
    }

    [Theory]
    [InlineData("%31%32%37.0.0.1")]
    [InlineData("127.0.0.1%00.example.org")]
    [InlineData("user@127.0.0.1")]
    [InlineData("example.org:80@127.0.0.1")]
    [InlineData("127.0.0.1:6379")]
    public async Task What_is_no_address_or_never_called_is_a_fault(string host)
    {
        foreach (var (path, body) in (IEnumerable<(string, JsonObject)>)
            [("api/v1/webhooks/test", new JsonObject { ["callbackUrl"] = $"http://{host}/" }), ("api/v1/process-single-engine", Session(Sessions.Webhook($"http://{host}/")))])
        {
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await _silo.Http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("callbackUrl", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Equal((0, 0), (_server.Connections, _server6.Connections));
    }

    [Fact]
    public async Task The_servers_that_see_nothing_would_see_what_is_allowed()
    {
        await using var silo = await Sessions.StartSiloAsync(("Outbound__Allow", "127.0.0.1; ::1"));

        Assert.True((await silo.Http.TestAsync(_server.At("2130706433").OriginalString)).GetProperty("delivered").GetBoolean());
        Assert.True((await silo.Http.TestAsync(_server.At("[::1]").OriginalString)).GetProperty("delivered").GetBoolean());
        Assert.Equal((1, 1), (_server.Connections, _server6.Connections));
    }

    private static JsonObject Session(JsonObject webhook) => new() { ["engineId"] = "hello", ["webhooks"] = new JsonArray(webhook) };

    /// <summary>The host as the machine has it.</summary>
    private static string Written(string host) => new Uri($"http://{host}/").IdnHost;
}
