using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.CommandLine;

/// <summary>By what the server knows who calls.</summary>
public sealed class ApiKeyTests
{
    [Theory]
    [InlineData("be_canary", "Bearer be_canary")]
    [InlineData(" be_canary\n", "Bearer be_canary")]
    [InlineData("", "")]
    public async Task The_key_of_the_environment_goes_with_every_call(string key, string header)
    {
        List<string> headers = [];
        await using var stub = await StubServer.StartAsync(http =>
        {
            headers.Add(http.Request.Headers.Authorization.ToString());
            return StubServer.WriteAsync(http, 200, """{"engines":[]}""");
        });

        (await RunAsync(stub, key)).Ended(0);

        Assert.Equal([header], headers);
    }

    [Fact]
    public async Task What_is_no_key_is_told_of_and_neither_sent_nor_shown()
    {
        await using var stub = await StubServer.StartAsync(http => StubServer.WriteAsync(http, 200, """{"engines":[]}"""));

        var run = (await RunAsync(stub, "be canary")).Ended(2);

        Assert.Contains("BLUEEDGE_KEY", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", run.Error, StringComparison.Ordinal);
        Assert.Empty(stub.Asked);
    }

    private static Task<ToolResult> RunAsync(StubServer stub, string key) =>
        ToolProcess.RunAsync(["engines", "--server", stub.Address], environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["BLUEEDGE_KEY"] = key });
}
