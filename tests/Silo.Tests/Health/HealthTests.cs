using System.Net;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task It_lives_and_is_ready()
    {
        await using var silo = await SiloProcess.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await silo.GetStatusAsync("health/live"));
        Assert.Equal(HttpStatusCode.OK, await silo.GetStatusAsync("health/ready"));
    }

    [Fact]
    public async Task Once_it_is_ready_every_engine_takes_sessions()
    {
        await using var silo = await SiloProcess.StartAsync();

        var engines = await silo.Http.GetStringAsync(new Uri("api/v1/engines", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.All(["hello", "relay", "delay", "fail", "pdf-convert", "text-detect", "ocr", "image-grey", "image-edges", "video-decode", "video-encode"], engine => Assert.Contains($"\"{engine}\"", engines));
    }
}
