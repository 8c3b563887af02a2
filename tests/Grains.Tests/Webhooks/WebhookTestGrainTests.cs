using System.Net;
using System.Net.Sockets;
using System.Text;
using BlueEdge.Outbound;
using BlueEdge.Sessions;
using BlueEdge.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Grains.Tests.Webhooks;

/// <summary>Tests of receivers, on a silo that may call this machine and has no secret.</summary>
public sealed class WebhookTestGrainTests : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _port;
    private OwnCluster? _cluster;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IWebhookTestGrain Grain => (_cluster ?? throw new InvalidOperationException("The cluster is not started.")).Grains.GetGrain<IWebhookTestGrain>(IWebhookTestGrain.Key);

    public async ValueTask InitializeAsync()
    {
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _cluster = await OwnCluster.StartAsync(silos: 1, silo => silo.Services.Configure<OutboundOptions>(options => (options.Allow, options.Timeout) = ("127.0.0.1", Timeout)));
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    [Fact]
    public async Task Without_a_secret_it_is_sent_unsigned_and_says_so()
    {
        var calling = Grain.CallAsync(At("/hook"), Ct);
        var head = await AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        var report = await calling;

        Assert.False(report.IsSigned);
        Assert.Equal((200, null, "ok"), (report.Attempt?.StatusCode, report.Attempt?.Error, report.Attempt?.Answer));
        Assert.Contains("webhook-id: ", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("webhook-signature", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_secret_that_there_is_not_is_a_fault_and_nothing_is_sent()
    {
        var report = await Grain.CallAsync(At("/hook") with { Secret = "crm" }, Ct);

        Assert.Equal(("/secret", "unknown-secret"), (Assert.Single(report.Faults).Pointer, report.Faults[0].Code));
        Assert.Null(report.Attempt);
        Assert.False(_listener.Pending());
    }

    [Fact]
    public async Task A_receiver_that_never_answers_has_no_more_than_its_time()
    {
        var report = await Grain.CallAsync(At("/hook"), Ct);

        Assert.Null(report.Attempt?.StatusCode);
        Assert.StartsWith("There was no whole answer within 3 s", report.Attempt?.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_told_and_after_some_calls_left_alone()
    {
        _listener.Stop();

        // An address is forgotten once nobody calls it: all of them call at once.
        var reports = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Grain.CallAsync(At("/hook"), Ct)));

        Assert.Contains(reports, report => report.Attempt?.Error is "The host accepts no connection.");
        Assert.Contains(reports, report => report.Attempt?.Error is "The address does not answer, and is left alone for some seconds.");
    }

    [Fact]
    public async Task What_may_not_be_called_is_not()
    {
        var report = await Grain.CallAsync(At("/hook") with { CallbackUrl = new("https://10.1.2.3/hook") }, Ct);

        Assert.StartsWith("10.1.2.3 is ", report.Attempt?.Error, StringComparison.Ordinal);
    }

    private WebhookSpec At(string path) => new() { StatusTypes = [], CallbackUrl = new($"http://127.0.0.1:{_port}{path}") };

    /// <summary>Takes one call, and answers it; the head of what came.</summary>
    private async Task<string> AnswerAsync(string answer)
    {
        using var client = await _listener.AcceptTcpClientAsync(Ct);
        await using var stream = client.GetStream();
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, Ct);
            head.Append((char)one[0]);
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Ct);
        return head.ToString();
    }
}
