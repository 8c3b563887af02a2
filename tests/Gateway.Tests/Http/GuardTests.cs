using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Hosting.Guards;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Gateway.Tests.Http;

/// <summary>What a page of another site can have a browser send.</summary>
public sealed class GuardTests
{
    private const string Hello = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":1}}}""";
    private const string Submit = "/api/v1/process-single-engine";
    private const string Json = "Content-Type: application/json";
    private const string Loopback = "Host: 127.0.0.1:5080";

    [Theory]
    [InlineData("Host: evil.example")]
    [InlineData("Host: evil.example:5080")]
    [InlineData("Host: 127.0.0.1.evil.example")]
    [InlineData("Host: localhost.evil.example")]
    [InlineData("Host: notlocalhost")]
    [InlineData("Host: 10.1.2.3")]
    [InlineData("Host: 0.0.0.0")]
    [InlineData("Host: [fe80::1]")]
    [InlineData("Host: ")]
    public async Task A_name_that_is_not_the_processs_is_refused_everywhere_but_by_health(string host)
    {
        await using var gateway = await StubGateway.StartAsync();

        foreach (var path in (string[])["/api/v1/engines", "/docs", "/openapi/v1.json", "/asyncapi/v1.json", "/dashboard", "/nothing"])
        {
            var answer = await RawRequest.SendAsync(gateway.Http.BaseAddress!, "GET", path, [host]);
            Assert.Equal(421, answer.Status);
            Assert.Contains("BlueEdge:Gateway:AllowedHosts", answer.Text, StringComparison.Ordinal);
            Assert.Contains(path.StartsWith("/api", StringComparison.Ordinal) ? "\"status\":\"error\"" : "application/problem+json", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(421, (await RawRequest.SendAsync(gateway.Http.BaseAddress!, "POST", Submit, [host, Json], Hello)).Status);
        Assert.Equal(404, (await RawRequest.SendAsync(gateway.Http.BaseAddress!, "GET", "/health/live", [host])).Status); // Not refused; the stub has none.
        Assert.Empty(gateway.Grains.Ids);
    }

    [Theory]
    [InlineData("/api/v1/engines", Loopback)]
    [InlineData("/api/v1/nothing", Loopback)]
    [InlineData("/docs", Loopback)]
    [InlineData("/broken", Loopback)]
    [InlineData("/nothing", Loopback)]
    [InlineData("/api/v1/engines", "Host: evil.example")]
    public async Task No_answer_may_be_framed_guessed_at_or_shown_by_another_site(string path, string host)
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await RawRequest.SendAsync(gateway.Http.BaseAddress!, "GET", path, [host]);

        Assert.Contains("X-Content-Type-Options: nosniff", answer.Text, StringComparison.Ordinal);
        Assert.Contains("X-Frame-Options: DENY", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Cross-Origin-Resource-Policy: same-site", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Referrer-Policy: no-referrer", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host: localhost")]
    [InlineData("Host: LOCALHOST:1")]
    [InlineData("Host: edge.localhost")]
    [InlineData("Host: localhost.:5080")]
    [InlineData("Host: 127.0.0.1")]
    [InlineData("Host: 127.1.2.3:80")]
    [InlineData("Host: [::1]:5080")]
    [InlineData("Host: edge.example.com")]
    [InlineData("Host: a.b.example.org:443")]
    public async Task Names_of_loopback_and_those_that_are_configured_are_its_own(string host)
    {
        await using var gateway = await StubGateway.StartAsync(services: services => services.Configure<HttpGuardOptions>(guard => guard.AllowedHosts = "edge.example.com; *.example.org"));

        Assert.Equal(200, (await RawRequest.SendAsync(gateway.Http.BaseAddress!, "GET", "/api/v1/engines", [host])).Status);
    }

    [Theory]
    [InlineData("Origin: https://evil.example")]
    [InlineData("Origin: null")]
    [InlineData("Origin: http://127.0.0.1:3000")]
    [InlineData("Origin: http://localhost:5080")]
    [InlineData("Origin: https://127.0.0.1")]
    [InlineData("Sec-Fetch-Site: cross-site")]
    [InlineData("Sec-Fetch-Site: same-site")]
    [InlineData("Origin: http://127.0.0.1:5080", "Sec-Fetch-Site: cross-site")]
    [InlineData("Origin: http://127.0.0.1:5080", "Origin: https://evil.example")]
    public async Task A_page_of_another_site_changes_nothing(params string[] headers)
    {
        await using var gateway = await StubGateway.StartAsync();
        var server = gateway.Http.BaseAddress!;

        var answer = await RawRequest.SendAsync(server, "POST", Submit, [Loopback, Json, .. headers], Hello);
        var stop = await RawRequest.SendAsync(server, "POST", $"/api/v1/process-workflow/{SessionIds.Create()}/stop", [Loopback, .. headers]);
        var elsewhere = await RawRequest.SendAsync(server, "DELETE", "/dashboard", [Loopback, .. headers]);

        Assert.Equal((403, 403, 403), (answer.Status, stop.Status, elsewhere.Status));
        Assert.Contains("BlueEdge:Gateway:AllowedOrigins", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control", answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(gateway.Grains.Ids);
        Assert.Equal(200, (await RawRequest.SendAsync(server, "GET", "/api/v1/engines", [Loopback, .. headers])).Status);
    }

    [Theory]
    [InlineData("Origin: http://127.0.0.1:5080", "Sec-Fetch-Site: same-origin")]
    [InlineData("Origin: https://edge.example.com", "Sec-Fetch-Site: cross-site")]
    [InlineData("Sec-Fetch-Site: none")]
    public async Task Its_own_pages_and_those_that_are_configured_may(params string[] headers)
    {
        await using var gateway = await StubGateway.StartAsync(services: services => services.Configure<HttpGuardOptions>(guard => guard.AllowedOrigins = "https://edge.example.com"));

        Assert.Equal(200, (await RawRequest.SendAsync(gateway.Http.BaseAddress!, "POST", Submit, [Loopback, Json, .. headers], Hello)).Status);
    }

    [Theory]
    [InlineData]
    [InlineData("Content-Type:")]
    [InlineData("Content-Type: text/plain")]
    [InlineData("Content-Type: text/plain; application/json")]
    [InlineData("Content-Type: multipart/form-data; boundary=application/json")]
    public async Task A_body_that_is_not_said_to_be_json_runs_nothing(params string[] headers)
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await RawRequest.SendAsync(gateway.Http.BaseAddress!, "POST", Submit, [Loopback, .. headers], Hello);

        Assert.Equal(415, answer.Status);
        Assert.Contains("\"status\":\"error\"", answer.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Grains.Ids);
    }
}
