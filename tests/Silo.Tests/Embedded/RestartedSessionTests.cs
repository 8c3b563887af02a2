using System.Net.Http.Json;
using System.Text.Json;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Embedded;

public sealed class RestartedSessionTests
{
    private const int Sessions = 40;
    private const string Large = """{"dataChannels":[{"name":"A","type":"JSON"},{"name":"B","type":"JSON","interested":true}],"engines":[{"id":"relay","name":"relay","inputs":[{"name":"In","linkTo":"A"}],"outputs":[{"name":"Out","linkTo":"B"}]}],"startData":[{"channelName":"A","payload":"LARGE"}],"waitTimeSecond":30}""";

    private const string Long =
        """{"engineId":"delay","inputs":{"Control":{"type":"JSON","payload":{"seconds":3600}}},"outputs":{"Result":{"type":"JSON"}}}""";

    /// <summary>What is stored meanwhile changes and goes, so that the store puts new records where old ones were.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Accepted_sessions_are_there_after_a_restart(bool isClean)
    {
        await using var silo = await SiloProcess.StartAsync(
            settings: new Dictionary<string, string> { ["BlueEdge__EngineHost__DrainGrace"] = "00:00:01" });
        var large = Large.Replace("LARGE", new('x', 900_000), StringComparison.Ordinal);
        var former = await SubmitAsync(silo, "process-single-engine", Long, Sessions);
        await SubmitAsync(silo, "process-workflow", large, 12);
        foreach (var session in former)
        {
            using var stopped = await silo.Http.PostAsync(
                new Uri($"api/v1/process-single-engine/{session}/stop", UriKind.Relative), content: null, TestContext.Current.CancellationToken);
            Assert.True(stopped.IsSuccessStatusCode);
        }

        var accepted = await SubmitAsync(silo, "process-single-engine", Long, Sessions);
        await SubmitAsync(silo, "process-workflow", large, 2);
        if (isClean)
        {
            Assert.Equal(0, await silo.StopAsync());
        }
        else
        {
            await silo.KillAsync();
        }

        await silo.RestartAsync();

        var missing = new List<string>();
        foreach (var session in accepted)
        {
            using var read = await silo.Http.GetAsync(new Uri($"api/v1/process-single-engine/{session}", UriKind.Relative), TestContext.Current.CancellationToken);
            if (!read.IsSuccessStatusCode)
            {
                missing.Add(session);
            }
        }

        Assert.Empty(missing);
    }

    private static async Task<List<string>> SubmitAsync(SiloProcess silo, string path, string body, int times)
    {
        var sessions = new List<string>();
        for (var i = 0; i < times; i++)
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await silo.Http.PostAsync(new Uri($"api/v1/{path}", UriKind.Relative), content, TestContext.Current.CancellationToken);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, answer.ToString());
            sessions.Add(answer.GetProperty("data").GetProperty("sessionId").GetString()!); // An answer has one.
        }

        return sessions;
    }
}
