using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Embedded;

public sealed class CapacityTests
{
    /// <summary>The delay engine has four slots, and no other process can bring more.</summary>
    [Fact]
    public async Task A_session_that_can_never_start_is_refused_and_one_that_just_can_runs()
    {
        await using var silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string> { ["BlueEdge__Limits__EngineSlots__delay"] = "1000" });

        var (tooMany, refused) = await SubmitAsync(silo, 5);
        var (justEnough, ran) = await SubmitAsync(silo, 4);

        Assert.Equal(HttpStatusCode.BadRequest, tooMany);
        var fault = Assert.Single(refused.GetProperty("errors").EnumerateArray());
        Assert.Equal(("/engines/4/id", "over-capacity"), (fault.GetProperty("pointer").GetString(), fault.GetProperty("code").GetString()));
        Assert.Contains("needs 5 slots of engine 'delay'", fault.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("have 4 at most", fault.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, justEnough);
        Assert.Equal("finished", ran.GetProperty("process").GetProperty("status").GetString());
    }

    private static async Task<(HttpStatusCode Status, JsonElement Data)> SubmitAsync(SiloProcess silo, int nodes)
    {
        using var answer = await silo.Http.PostAsJsonAsync(
            new Uri("api/v1/process-workflow", UriKind.Relative),
            new
            {
                dataChannels = new[] { new { name = "Seconds", type = "JSON" } },
                engines = Enumerable.Range(0, nodes).Select(i => new { id = "delay", name = $"{i}", inputs = new[] { new { name = "Control", linkTo = "Seconds" } } }),
                startData = new[] { new { channelName = "Seconds", payload = new { seconds = 0 } } },
                waitTimeSecond = 20,
            },
            TestContext.Current.CancellationToken);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("data"));
    }
}
