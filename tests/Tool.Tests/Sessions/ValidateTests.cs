using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.Sessions;

public sealed class ValidateTests(EmbeddedProcess server)
{
    [Fact]
    public async Task What_is_in_order_is_said_to_be_and_not_run()
    {
        var file = server.File($$"""{"rank":77,{{Bodies.Hello[1..]}}""");

        var table = (await server.RunAsync("validate", file)).Ended(0);
        var json = (await server.RunAsync("validate", file, "-o", "json")).Ended(0);

        Assert.Empty(table.Out);
        Assert.Contains("is in order", table.Error, StringComparison.Ordinal);
        Assert.True(json.Json.GetProperty("valid").GetBoolean());
        Assert.Equal("/api/v1/process-single-engine", json.Json.GetProperty("submitTo").GetString());
    }

    [Fact]
    public async Task All_faults_are_data()
    {
        var file = server.File(Bodies.Wrong);

        var table = (await server.RunAsync("validate", file)).Ended(2);
        var json = (await server.RunAsync("validate", file, "-o", "json")).Ended(2);
        var lines = (await server.RunAsync("validate", file, "-o", "jsonl")).Ended(2);

        Assert.Contains("unknown-engine", table.Out, StringComparison.Ordinal);
        Assert.False(json.Json.GetProperty("valid").GetBoolean());
        Assert.Equal(["/rank", "/engineId"], json.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()));
        Assert.Equal(["malformed", "unknown-engine"], lines.JsonLines.Select(line => line.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task One_fault_is_data_too()
    {
        var run = (await server.RunAsync("validate", server.File("""{"engineId":"nobody"}"""), "-o", "jsonl")).Ended(2);

        Assert.Equal("unknown-engine", Assert.Single(run.JsonLines).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Inputs_are_looked_at_too()
    {
        var run = (await server.RunAsync("validate", server.File("""{"engineId":"hello"}"""), "-i", "Control={}", "-i", "Nose=1", "-o", "jsonl")).Ended(2);

        Assert.Equal("/inputs/Nose", Assert.Single(run.JsonLines).GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task The_wait_of_the_file_is_looked_at()
    {
        var run = (await server.RunAsync("validate", server.File($$"""{"waitTimeSecond":-1,{{Bodies.Hello[1..]}}"""), "-o", "jsonl")).Ended(2);

        Assert.Equal("/waitTimeSecond", Assert.Single(run.JsonLines).GetProperty("pointer").GetString());
    }
}
