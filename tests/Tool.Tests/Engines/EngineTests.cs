using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.Engines;

public sealed class EngineTests(EmbeddedProcess server)
{
    [Fact]
    public async Task Engines_are_listed()
    {
        var table = (await server.RunAsync("engines")).Ended(0);
        var json = (await server.RunAsync("engines", "-o", "json")).Ended(0);
        var lines = (await server.RunAsync("engines", "-o", "jsonl")).Ended(0);

        Assert.Contains(table.Lines, line => line.StartsWith("relay ", StringComparison.Ordinal) && line.Contains("In:JSON", StringComparison.Ordinal));
        Assert.Contains(json.Json.EnumerateArray(), engine => engine.GetProperty("id").GetString() is "relay");
        Assert.Equal(json.Json.GetArrayLength(), lines.JsonLines.Count);
    }

    [Fact]
    public async Task One_engine_is_described()
    {
        var table = (await server.RunAsync("engines", "hello")).Ended(0);
        var json = (await server.RunAsync("engines", "hello", "-o", "json")).Ended(0);
        var unknown = (await server.RunAsync("engines", "nobody")).Ended(4);

        Assert.Contains(table.Lines, line => line.StartsWith("in ", StringComparison.Ordinal) && line.Contains("Control", StringComparison.Ordinal));
        Assert.Equal("hello", json.Json.GetProperty("id").GetString());
        Assert.Contains("'blueedge engines' lists", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_is_registered_before_it_runs_and_forgotten_again()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{"inputs":[{"name":"In","type":"JSON"}],"slots":3}""", TestContext.Current.CancellationToken);
            var registered = (await server.RunAsync("engines", "tool-planned", "--register", file)).Ended(0);
            Assert.Contains("tool-planned is known, with 3 slots", registered.Error, StringComparison.Ordinal);
            Assert.Equal("tool-planned", (await server.RunAsync("engines", "tool-planned", "-o", "json")).Ended(0).Json.GetProperty("id").GetString());

            (await server.RunAsync("engines", "tool-planned", "--forget")).Ended(0);
            (await server.RunAsync("engines", "tool-planned", "--forget")).Ended(4);

            await File.WriteAllTextAsync(file, """{"slots":0}""", TestContext.Current.CancellationToken);
            Assert.Contains("/slots", (await server.RunAsync("engines", "tool-planned", "--register", file)).Ended(2).Error, StringComparison.Ordinal);
            (await server.RunAsync("engines", "--register", file)).Ended(2);
            (await server.RunAsync("engines", "a", "--register", file, "--forget")).Ended(2);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
