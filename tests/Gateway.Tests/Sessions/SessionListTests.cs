using System.Text.Json;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Sessions;

public sealed class SessionListTests(SiloHost host)
{
    private const string Hello = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"}}},"waitTimeSecond":30}""";
    private const string Slow = """{"engineId":"delay","inputs":{"Control":{"type":"JSON","payload":{"seconds":60}}},"waitTimeSecond":0}""";

    [Fact]
    public async Task Sessions_are_paged_newest_first_without_their_results()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await host.Http.SubmitAsync("process-single-engine", Hello)).SessionId);
        }

        var listed = await ListAsync("sessions?limit=1");

        Assert.Equal(Enumerable.Reverse(ids), listed.Select(IdOf).Where(ids.Contains));
        var newest = listed.Single(session => IdOf(session) == ids[^1]);
        Assert.Equal(["sessionId", "process"], newest.EnumerateObject().Select(member => member.Name));
        Assert.Equal("finished", newest.GetProperty("process").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Status_and_engine_choose_among_them()
    {
        var finished = (await host.Http.SubmitAsync("process-single-engine", Hello)).SessionId;
        var running = (await host.Http.SubmitAsync("process-single-engine", Slow)).SessionId;

        Assert.Contains(finished, (await ListAsync("sessions?status=finished&engine=hello")).Select(IdOf));
        Assert.DoesNotContain(finished, (await ListAsync("sessions?status=failed")).Select(IdOf));
        Assert.DoesNotContain(finished, (await ListAsync("sessions?status=finished&engine=delay")).Select(IdOf));
        Assert.DoesNotContain(running, (await ListAsync("sessions?status=finished")).Select(IdOf));

        Assert.Equal("canceled", (await host.Http.SubmitAsync($"process-workflow/{running}/stop", "")).Status);
        Assert.Contains(running, (await ListAsync("sessions?status=canceled&engine=delay")).Select(IdOf));
    }

    [Fact]
    public async Task What_is_left_out_has_its_default_and_what_is_given_is_passed_on()
    {
        await using var gateway = await StubGateway.StartAsync();
        var cursor = new string('a', SessionCursors.Length);

        var all = await gateway.Http.ReadAsync("sessions");
        Assert.Equal("""{"sessions":[]}""", all.Data.GetRawText());
        Assert.Equal(new SessionQuery(), gateway.Grains.Sessions.Asked);

        await gateway.Http.ReadAsync($"sessions?status=stopping&engine=ocr&limit=200&cursor={cursor}");
        Assert.Equal(
            new SessionQuery { Status = SessionStatus.Stopping, Engine = "ocr", Limit = 200, Cursor = cursor },
            gateway.Grains.Sessions.Asked);
    }

    [Fact]
    public async Task All_that_makes_no_sense_is_told_at_once()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.ReadAsync("sessions?status=Finished&limit=201&cursor=x&engine=a&engine=b");

        answer.HasFaults(
            ("?status", "out-of-range"), ("?limit", "out-of-range"), ("?cursor", "out-of-range"), ("?engine", "out-of-range"));
        Assert.Null(gateway.Grains.Sessions.Asked);
    }

    private static string IdOf(JsonElement session) => session.GetProperty("sessionId").GetString() ?? "";

    private async Task<List<JsonElement>> ListAsync(string path)
    {
        List<JsonElement> all = [];
        for (var next = path; ;)
        {
            var data = (await host.Http.ReadAsync(next)).Data;
            all.AddRange(data.GetProperty("sessions").EnumerateArray());
            if (!data.TryGetProperty("nextCursor", out var cursor))
            {
                return all;
            }

            next = $"{path}&cursor={cursor}";
        }
    }
}
