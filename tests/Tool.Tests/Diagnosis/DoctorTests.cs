using System.Text.Json;
using BlueEdge.Tool.Tests.Processes;
using Microsoft.AspNetCore.Http;

namespace BlueEdge.Tool.Tests.Diagnosis;

public sealed class DoctorTests(EmbeddedProcess server)
{
    [Fact]
    public async Task A_server_that_is_well_has_no_finding()
    {
        var table = (await server.RunAsync("doctor")).Ended(0);
        var json = (await server.RunAsync("doctor", "-o", "json")).Ended(0);

        Assert.DoesNotContain("problem", table.Out, StringComparison.Ordinal);
        Assert.Superset(
            new HashSet<string?>(["tool", "server", "ready", "clock", "api", "engine hello"], StringComparer.Ordinal),
            json.Json.EnumerateArray().Select(finding => finding.GetProperty("name").GetString()).ToHashSet(StringComparer.Ordinal));
        Assert.All(json.Json.EnumerateArray(), finding => Assert.Equal("ok", finding.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_problem_with_a_remedy()
    {
        var run = (await ToolProcess.RunAsync(["doctor", "--server", $"127.0.0.1:{EmbeddedProcess.FreePort()}", "-o", "jsonl"])).Ended(5);

        var finding = Of(run, "server");
        Assert.Equal("problem", finding.GetProperty("status").GetString());
        Assert.Contains("blueedge dev", finding.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_a_server_is_not_ready_is_told_and_a_clock_that_is_off()
    {
        await using var stub = await StubServer.StartAsync(http =>
        {
            http.Response.Headers.Date = TimeProvider.System.GetUtcNow().AddSeconds(-90).ToString("R");
            return http.Request.Path.Value switch
            {
                "/health/ready" => Write(http, 503, "Unhealthy\nstore: The disk is full."),
                "/openapi/v1.json" => Write(http, 200, """{"info":{"title":"BlueEdge","version":"v1"}}"""),
                _ => StubServer.WriteAsync(http, 200, """{"engines":[{"id":"lonely","version":"1","instances":[]}]}"""),
            };
        });

        var run = (await ToolProcess.RunAsync(["doctor", "--server", stub.Address, "-o", "jsonl"])).Ended(5);

        Assert.Contains("store: The disk is full.", Of(run, "ready").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Matches("^The server's is (89|90|91) s behind ours", Of(run, "clock").GetProperty("detail").GetString());
        Assert.Equal("warning", Of(run, "engine lonely").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_server_that_is_something_else_is_told()
    {
        await using var stub = await StubServer.StartAsync(http => Write(http, 200, "<html>"));

        var run = (await ToolProcess.RunAsync(["doctor", "--server", stub.Address, "-o", "jsonl"])).Ended(5);

        Assert.Equal("problem", Of(run, "api").GetProperty("status").GetString());
    }

    private static JsonElement Of(ToolResult run, string name) => run.JsonLines.Single(finding => finding.GetProperty("name").GetString() == name);

    private static Task Write(HttpContext http, int statusCode, string text)
    {
        http.Response.StatusCode = statusCode;
        return http.Response.WriteAsync(text);
    }
}
