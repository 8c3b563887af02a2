using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace BlueEdge.Silo.Tests.Processes;

public sealed class SetClockTests
{
    private const string Hello = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"}}},"outputs":{"Result":{"type":"JSON"}},"waitTimeSecond":20}""";
    private const string Delay = """{"engineId":"delay","inputs":{"Control":{"type":"JSON","payload":{"seconds":1}}},"outputs":{"Result":{"type":"JSON"}}}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("-3h")]
    [InlineData("+3h")]
    public async Task A_clock_that_is_set_by_hours_stops_nothing(string offset)
    {
        Assert.SkipUnless(SetClock.IsThere, "There is no libfaketime on this machine.");
        using var clock = new SetClock();
        await using var silo = await SiloProcess.StartAsync(settings: clock.Settings);
        var before = await SubmitAsync(silo, Hello);

        // One runs, one waits for a slot.
        var open = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            open.Add((await SubmitAsync(silo, Delay)).GetProperty("sessionId").GetString()!); // An answer has one.
        }

        clock.Set(offset);

        Assert.Equal("finished", StatusOf(before));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("finished", StatusOf(await SubmitAsync(silo, Hello)));
        }

        foreach (var session in open)
        {
            using var read = await silo.Http.GetAsync(new Uri($"api/v1/process-single-engine/{session}?waitTimeSecond=20", UriKind.Relative), Ct);
            Assert.Equal("finished", StatusOf((await read.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("data")));
        }

        Assert.Equal(HttpStatusCode.OK, await silo.GetStatusAsync("health/ready"));
        Assert.Equal(0, await silo.StopAsync());
    }

    private static async Task<JsonElement> SubmitAsync(SiloProcess silo, string session)
    {
        using var body = new StringContent(session, Encoding.UTF8, "application/json");
        using var answer = await silo.Http.PostAsync(new Uri("api/v1/process-single-engine", UriKind.Relative), body, Ct);
        var text = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.True(answer.IsSuccessStatusCode, text.ToString());
        return text.GetProperty("data");
    }

    private static string? StatusOf(JsonElement session) => session.GetProperty("process").GetProperty("status").GetString();
}
