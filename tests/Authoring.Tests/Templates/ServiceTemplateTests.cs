using BlueEdge.Authoring.Tests.Processes;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Authoring.Tests.Templates;

public sealed class ServiceTemplateTests(AuthorsFolder author) : IClassFixture<AuthorsFolder>
{
    [Fact]
    public async Task A_service_is_answered_by_a_cluster_whose_processes_are_one_program_of_the_authors()
    {
        await author.NewAsync("blueedge-engine", "TextEngines");
        await author.NewAsync("blueedge-service", "TextService");
        await author.DotnetAsync("TextEngines", "build", "TextEngines");
        await author.DotnetAsync("TextService", "build");
        var redisPort = $"{FreePorts.Take()}";
        await using var redis = new ServedProcess(author.Home, new Dictionary<string, string>(), null, "redis-server", "--bind", "127.0.0.1", "--port", redisPort, "--save", "");

        await using var core = Serve("Cluster", redisPort);
        await using var host = Serve("Host", redisPort);
        await using var service = author.Serve("TextService", Settings(redisPort), "dotnet", "bin/Debug/net10.0/TextService.dll");
        var answer = await service.PostAsync("words", """{"text": "to be or not to be"}""");

        Assert.Equal("""{"words":6}""", answer);
        Assert.Contains("mode Cluster", core.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Engine instance", core.Output, StringComparison.Ordinal);
        Assert.Contains("mode Host", host.Output, StringComparison.Ordinal);
        Assert.Contains("Engine instance word-count/", host.Output, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Settings(string redisPort) => new() { ["BlueEdge__Redis"] = $"127.0.0.1:{redisPort}" };

    private ServedProcess Serve(string mode, string redisPort) => author.Serve(
        "TextEngines",
        new Dictionary<string, string>(Settings(redisPort))
        {
            ["BlueEdge__Mode"] = mode,
            ["BlueEdge__Cluster__AdvertisedAddress"] = "127.0.0.1",
            ["BlueEdge__Cluster__SiloPort"] = $"{FreePorts.Take()}",
            ["BlueEdge__Cluster__GatewayPort"] = $"{FreePorts.Take()}",
        },
        "dotnet",
        "TextEngines/bin/Debug/net10.0/TextEngines.dll");
}
