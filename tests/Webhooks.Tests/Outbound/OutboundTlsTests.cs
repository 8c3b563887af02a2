using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using BlueEdge.Outbound.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Webhooks.Tests.Outbound;

public sealed class OutboundTlsTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private readonly Certificates _certificates = new();

    [Fact]
    public async Task A_certificate_for_the_host_is_accepted()
    {
        await using var server = Server.Answering(Ok, certificate: _certificates.For("hooks.example"));
        using var harness = Create();

        Assert.IsType<OutboundAnswer>(await harness.PostAsync(server.At("hooks.example", "https")));
    }

    [Fact]
    public async Task One_for_another_host_is_not() => await RefusesAsync(_certificates.For("other.example"));

    [Fact]
    public async Task One_that_has_expired_is_not() => await RefusesAsync(_certificates.For("hooks.example", fromDay: -2, toDay: -1));

    [Fact]
    public async Task One_that_is_not_yet_valid_is_not() => await RefusesAsync(_certificates.For("hooks.example", fromDay: 1, toDay: 2));

    [Fact]
    public async Task One_of_an_unknown_authority_is_not() => await RefusesAsync(new Certificates().For("hooks.example"));

    [Fact]
    public async Task A_server_that_speaks_no_TLS_is_a_failure_of_it()
    {
        await using var server = Server.Talking(Ok);
        using var harness = Create();

        var result = await harness.PostAsync(server.At("hooks.example", "https"));

        Assert.Equal(OutboundFailureKind.Tls, Assert.IsType<OutboundFailure>(result).Kind);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1, "HTTP/1.1")]
    [InlineData(HttpProtocols.Http2, "HTTP/2")]
    [InlineData(HttpProtocols.Http1AndHttp2, "HTTP/2")]
    public async Task Servers_of_either_version_are_called(HttpProtocols protocols, string version)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            listen.UseHttps(_certificates.For("hooks.example"));
        }));
        await using var app = builder.Build();
        app.MapPost("/hook", async (HttpRequest request) => $"{request.Protocol} {await new StreamReader(request.Body).ReadToEndAsync(TestContext.Current.CancellationToken)}");
        await app.StartAsync(TestContext.Current.CancellationToken);
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port; // It listens.
        using var harness = Create();

        var answer = Assert.IsType<OutboundAnswer>(await harness.PostAsync(new($"https://hooks.example:{port}/hook"), "body"));

        Assert.Equal($"{version} body", Encoding.UTF8.GetString(answer.Body.Span));
    }

    private async Task RefusesAsync(X509Certificate2 certificate)
    {
        await using var server = Server.Answering(Ok, certificate: certificate);
        using var harness = Create();

        var result = await harness.PostAsync(server.At("hooks.example", "https"));

        Assert.Equal(OutboundFailureKind.Tls, Assert.IsType<OutboundFailure>(result).Kind);
        Assert.Empty(server.Heads);
    }

    private OutboundHarness Create()
    {
        var harness = OutboundHarness.Trusting(_certificates.Root);
        harness.Names.Add("hooks.example", "127.0.0.1");
        return harness;
    }
}
