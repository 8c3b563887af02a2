using System.Net;
using BlueEdge.Outbound.Http;

namespace BlueEdge.Webhooks.Tests.Outbound;

/// <summary>What the machine would have called besides the address itself. One after the other: the first changes what the second is called by.</summary>
public sealed class OutboundMachineTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public async Task The_proxy_that_the_environment_names_is_not_asked()
    {
        await using var proxy = Server.Answering(Ok);
        await using var server = Server.Answering(Ok);
        using var harness = OutboundHarness.Allowing();
        harness.Names.Add("hooks.example", "127.0.0.1");
        var before = HttpClient.DefaultProxy; // Made of the environment, once a process.
        HttpClient.DefaultProxy = new WebProxy(proxy.At("127.0.0.1"));
        try
        {
            await harness.PostAsync(server.At("hooks.example"));

            Assert.Equal((1, 0), (server.Connections, proxy.Connections));
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Fact]
    public async Task The_addresses_in_a_certificate_are_not_called()
    {
        var certificates = new Certificates();
        await using var inside = Server.Answering("HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n");
        await using var server = Server.Answering(Ok, certificate: certificates.For("hooks.example", certificates.Intermediate(), issuerAt: inside.At("127.0.0.1")));
        using var harness = OutboundHarness.Trusting(certificates.Root);
        harness.Names.Add("hooks.example", "127.0.0.1");

        var result = await harness.PostAsync(server.At("hooks.example", "https"));

        Assert.Equal(OutboundFailureKind.Tls, Assert.IsType<OutboundFailure>(result).Kind);
        Assert.Equal(0, inside.Connections);
    }
}
