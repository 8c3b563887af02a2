using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.OpenApi;

public sealed partial class DocumentTests(SiloHost host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_is_described_and_nothing_else()
    {
        var document = await ReadAsync();

        Assert.Equal(35, Operations(document).Count());
        Assert.All(Operations(document), operation =>
        {
            Assert.StartsWith("/api/v1/", operation.Path, StringComparison.Ordinal);
            Assert.All((string[])["operationId", "summary", "description"], member => Assert.NotEmpty(operation.Value.GetProperty(member).GetString() ?? ""));
            Assert.Contains(operation.Value.GetProperty("responses").EnumerateObject(), response => response.Name == "200" || response.Name == (operation.Path.EndsWith("/socket", StringComparison.Ordinal) ? "101" : "201"));
        });
    }

    [Fact]
    public async Task The_examples_run_as_they_are()
    {
        var ran = 0;
        foreach (var (path, operation) in Operations(await ReadAsync()).Where(operation => operation.Value.TryGetProperty("requestBody", out _)))
        {
            if (!operation.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out var json) || path.EndsWith("/validate", StringComparison.Ordinal) || path.EndsWith("/test", StringComparison.Ordinal) || path.EndsWith("{engineId}", StringComparison.Ordinal) || path.EndsWith("/keys", StringComparison.Ordinal))
            {
                // An upload is any content, what is only checked or registered does not run, nobody is called from here, and keys are made where callers are told apart.
                continue;
            }

            var examples = json.GetProperty("examples");
            foreach (var example in examples.EnumerateObject())
            {
                var sent = await host.Http.SubmitAsync(path["/api/v1/".Length..], example.Value.GetProperty("value").GetRawText());
                var ended = await host.Http.ReadAsync($"{path["/api/v1/".Length..]}/{sent.SessionId}?waitTimeSecond=30");
                Assert.Equal("finished", ended.Status);
                Assert.All(ended.Data.GetProperty("results").EnumerateObject(), channel => Assert.NotEqual(0, channel.Value.GetArrayLength()));
                ran++;
            }
        }

        Assert.Equal(4, ran);
    }

    [Fact]
    public async Task What_can_be_submitted_can_be_checked()
    {
        var content = (await ReadAsync()).GetProperty("paths").GetProperty("/api/v1/validate").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json");

        Assert.Equal(
            ["#/components/schemas/WorkflowRequest", "#/components/schemas/SingleEngineRequest"],
            content.GetProperty("schema").GetProperty("oneOf").EnumerateArray().Select(each => each.GetProperty("$ref").GetString()));
        Assert.Equal(4, content.GetProperty("examples").EnumerateObject().Count());
        foreach (var example in content.GetProperty("examples").EnumerateObject())
        {
            Assert.Equal(HttpStatusCode.OK, (await host.Http.SubmitAsync("validate", example.Value.GetProperty("value").GetRawText())).StatusCode);
        }
    }

    [Fact]
    public async Task Numbers_are_numbers_and_types_are_listed()
    {
        var schemas = (await ReadAsync()).GetProperty("components").GetProperty("schemas");

        Assert.Equal("integer", schemas.GetProperty("WorkflowRequest").GetProperty("properties").GetProperty("rank").GetProperty("type").GetString());
        Assert.Equal(
            ["JSON", "Image", "Video", "File"],
            schemas.GetProperty("ChannelRequest").GetProperty("properties").GetProperty("type").GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public async Task The_reference_needs_nothing_from_elsewhere()
    {
        var page = await host.Http.GetAsync(new Uri("../../docs", UriKind.Relative), Ct);
        var html = await page.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.Contains("\"telemetry\":false", html, StringComparison.Ordinal);
        Assert.All(Scripts().Matches(html), script => Assert.Equal(
            HttpStatusCode.OK,
            host.Http.GetAsync(new Uri(page.RequestMessage!.RequestUri!, script.Groups[1].Value), HttpCompletionOption.ResponseHeadersRead, Ct).GetAwaiter().GetResult().StatusCode));
    }

    [GeneratedRegex("src=\"([^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Scripts();

    private async Task<JsonElement> ReadAsync() =>
        JsonDocument.Parse(await host.Http.GetStringAsync(new Uri("../../openapi/v1.json", UriKind.Relative), Ct)).RootElement;

    private static IEnumerable<(string Path, JsonElement Value)> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation.Value)));
}
