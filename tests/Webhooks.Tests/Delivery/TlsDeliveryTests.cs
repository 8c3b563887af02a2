using System.Security.Cryptography.X509Certificates;
using BlueEdge.Silo.Tests.Processes;
using BlueEdge.Webhooks.Tests.Outbound;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>Receivers by https, on the real web server, and a silo's process that trusts an authority of the test's.</summary>
public sealed class TlsDeliveryTests : IAsyncLifetime
{
    private readonly string _root = Path.GetTempFileName();
    private readonly Certificates _certificates = new();
    private SiloProcess _silo = null!; // Started before any test.

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_root, _certificates.Root.ExportCertificatePem());
        _silo = await Sessions.StartSiloAsync(
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = _root }, ("Outbound__Allow", "127.0.0.1; ::1"), ("Webhooks__Retries", "00:00:00.1"));
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        File.Delete(_root);
    }

    [Theory]
    [InlineData(HttpProtocols.Http2, "HTTP/2")]
    [InlineData(HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [InlineData(HttpProtocols.Http1, "HTTP/1.1")]
    public async Task A_receiver_of_either_version_is_told_all(HttpProtocols protocols, string version)
    {
        await using var hook = await Hook.StartAsync(_certificates.For("localhost"), protocols);

        var session = await _silo.HelloAsync(Sessions.Webhook(hook.Address));
        await hook.EndAsync();

        Assert.Equal(["pending", "queuing", "processing", "finished"], hook.Calls.Select(call => call.Status));
        Assert.All(hook.Calls, call => Assert.Equal((version, session), (call.Protocol, call.Session)));
        Assert.Equal(version, (await _silo.Http.TestAsync(hook.Address)).GetProperty("delivered").GetBoolean() ? hook.Calls[^1].Protocol : "not delivered");
    }

    [Fact]
    public Task A_certificate_for_another_name_is_sent_nothing() => RefusesAsync(_certificates.For("other.example"));

    [Fact]
    public Task One_of_an_authority_that_nobody_trusts_is_not_either() => RefusesAsync(new Certificates().For("localhost"));

    private async Task RefusesAsync(X509Certificate2 certificate)
    {
        await using var hook = await Hook.StartAsync(certificate, HttpProtocols.Http1AndHttp2);

        var session = await _silo.HelloAsync(Sessions.Webhook(hook.Address));
        var webhook = Assert.Single(await _silo.Http.WebhooksAsync(session, each => each.GetProperty("failed").GetInt32() == 4));

        Assert.Empty(hook.Calls);
        Assert.All(webhook.GetProperty("deliveries").EnumerateArray(), delivery =>
            Assert.Contains("certificate is not valid", delivery.GetProperty("lastAttempt").GetProperty("error").GetString(), StringComparison.Ordinal));
        Assert.Contains("certificate is not valid", (await _silo.Http.TestAsync(hook.Address)).GetProperty("error").GetString(), StringComparison.Ordinal);
    }
}
