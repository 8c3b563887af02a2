using System.Net;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Operations;

public sealed class SystemTests(SiloHost host)
{
    [Fact]
    public async Task Members_store_and_webhooks_are_told()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.ReadAsync("system");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            """[{"silo":"10.0.0.1:11111@1","host":"one","status":"active","version":"0.1.0","startedAt":"2026-11-27T00:00:00+00:00"},{"silo":"10.0.0.2:11111@1","status":"changing"}]""",
            answer.Data.GetProperty("silos").GetRawText());
        Assert.Equal("10.0.0.3:11111@1", Assert.Single(answer.Data.GetProperty("hosts").EnumerateArray()).GetProperty("silo").GetString());
        Assert.Equal("""{"kind":"redis","available":false,"fault":"Redis cannot be reached."}""", answer.Data.GetProperty("store").GetRawText());
        Assert.Equal("""{"used":true}""", answer.Data.GetProperty("kafka").GetRawText());
        Assert.Equal("""{"behind":3,"untoldSessions":2}""", answer.Data.GetProperty("webhooks").GetRawText());
        Assert.Equal(("night", true), (answer.Data.GetProperty("clusterId").GetString(), answer.Data.GetProperty("open").GetBoolean()));
    }

    [Fact]
    public async Task A_cluster_that_is_away_is_503()
    {
        await using var gateway = await StubGateway.StartAsync(new() { Trouble = _ => throw new TimeoutException("away") });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.Http.ReadAsync("system")).StatusCode);
    }

    [Fact]
    public async Task The_real_host_tells_itself_and_its_store()
    {
        var answer = await host.Http.ReadAsync("system");

        var silo = Assert.Single(answer.Data.GetProperty("silos").EnumerateArray());
        Assert.Equal(("active", Environment.MachineName), (silo.GetProperty("status").GetString(), silo.GetProperty("host").GetString()));
        Assert.StartsWith("0.", silo.GetProperty("version").GetString());
        Assert.Empty(answer.Data.GetProperty("hosts").EnumerateArray());
        Assert.Equal("""{"kind":"sqlite","available":true}""", answer.Data.GetProperty("store").GetRawText());
        Assert.False(answer.Data.GetProperty("kafka").GetProperty("used").GetBoolean());
    }
}
