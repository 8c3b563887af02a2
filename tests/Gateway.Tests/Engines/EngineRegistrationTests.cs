using System.Net;
using System.Text;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Engines;

/// <summary>Engines that are known before any instance of them has run, on the real host.</summary>
public sealed class EngineRegistrationTests(SiloHost host)
{
    private const string Definition =
        """{"name":"Planned","version":"2.1.0","inputs":[{"name":"Control","type":"json","description":"What to do."},{"name":"Extra","type":"Image","optional":true}],"outputs":[{"name":"Result","type":"JSON"}],"slots":3,"finishesByItself":false}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_engine_that_is_registered_is_told_as_it_was_said_and_takes_sessions_that_wait()
    {
        var id = NewId();
        var created = await PutAsync(id, Definition);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(
            $$"""{"id":"{{id}}","name":"Planned","version":"2.1.0","inputs":[{"name":"Control","type":"JSON","optional":false,"description":"What to do."},{"name":"Extra","type":"Image","optional":true}],"outputs":[{"name":"Result","type":"JSON","optional":true},{"name":"Status","type":"JSON","optional":true,"description":"What the engine says of itself: {\"type\": …}."}],"slots":3,"finishesByItself":false,"instances":[],"waiting":0,"working":0,"oldestWaitSeconds":0}""",
            created.Data.GetRawText());
        Assert.Equal(created.Data.GetRawText(), (await host.Http.ReadAsync($"engines/{id}")).Data.GetRawText());
        Assert.Contains(id, (await host.Http.ReadAsync("engines")).Data.GetProperty("engines").EnumerateArray().Select(engine => engine.GetProperty("id").GetString()));

        var session = await host.Http.SubmitAsync("process-single-engine", $$"""{"engineId":"{{id}}","inputs":{"Control":{"type":"JSON","payload":1} } }""");
        Assert.Equal("pending", session.Status);
        Assert.Equal(1, (await host.Http.ReadAsync($"engines/{id}")).Data.GetProperty("waiting").GetInt32());

        Assert.Equal(HttpStatusCode.Conflict, (await DeleteAsync(id)).StatusCode);
        await host.Http.SubmitAsync($"process-single-engine/{session.SessionId}/stop", "");
        Assert.Equal(HttpStatusCode.OK, (await DeleteAsync(id)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await DeleteAsync(id)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.ReadAsync($"engines/{id}")).StatusCode);
    }

    [Fact]
    public async Task Registering_again_changes_nothing_and_another_definition_replaces_the_one_before()
    {
        var id = NewId();
        var created = await PutAsync(id, Definition);

        var again = await PutAsync(id, created.Data.GetRawText()); // What was told can be sent back.
        var other = await PutAsync(id, Definition.Replace("\"slots\":3", "\"slots\":5", StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK), (created.StatusCode, again.StatusCode, other.StatusCode));
        Assert.Equal((3, 5), (again.Data.GetProperty("slots").GetInt32(), other.Data.GetProperty("slots").GetInt32()));
        await DeleteAsync(id);
    }

    [Fact]
    public async Task What_instances_run_with_counts()
    {
        var running = (await host.Http.ReadAsync("engines/hello")).Data;

        Assert.Equal(HttpStatusCode.OK, (await PutAsync("hello", running.GetRawText())).StatusCode);
        var other = await PutAsync("hello", Definition);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Contains("'hello' runs on 1 instances with another definition", other.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await DeleteAsync("hello")).StatusCode);
        Assert.Equal(running.GetProperty("version").GetString(), (await host.Http.ReadAsync("engines/hello")).Data.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Every_fault_is_told_where_it_is()
    {
        var answer = await PutAsync(
            NewId(),
            """{"id":"another","version":5,"inputs":[{"name":"In"},{"name":"In","type":"JSON"},{"type":"Sound","name":""}],"outputs":[{"name":"Status","type":"Image"},7],"slots":0}""");

        answer.HasFaults(
            ("/id", "malformed"), ("/version", "malformed"), ("/inputs/0/type", "required"), ("/inputs/1/name", "duplicate-port"), ("/inputs/2/type", "malformed"),
            ("/inputs/2/name", "required"), ("/outputs/0/type", "type-mismatch"), ("/outputs/1", "malformed"), ("/slots", "out-of-range"));
    }

    [Theory]
    [InlineData("""{}""", "/inputs", "required")]
    [InlineData("""null""", "", "malformed")]
    [InlineData("""{"inputs":[{"name":"In","type":"JSON"}],"slots":100001}""", "/slots", "out-of-range")]
    [InlineData("""{"inputs":[{"name":"a\u0000","type":"JSON"}]}""", "/inputs/0/name", "malformed")]
    public async Task A_definition_that_makes_no_sense_is_refused(string body, string pointer, string code)
    {
        var answer = await PutAsync(NewId(), body);

        Assert.Contains((pointer, code), answer.Faults);
    }

    [Fact]
    public async Task An_id_is_letters_digits_dashes_underscores_and_dots()
    {
        (await PutAsync("a%20b", Definition)).HasFaults(("/id", "malformed"));
        (await PutAsync(new string('a', 129), Definition)).HasFaults(("/id", "malformed"));
        Assert.Equal(HttpStatusCode.NotFound, (await DeleteAsync("a%20b")).StatusCode);
    }

    private static string NewId() => $"planned-{Guid.NewGuid():N}";

    private async Task<Answer> PutAsync(string id, string definition)
    {
        using var body = new StringContent(definition, Encoding.UTF8, "application/json");
        using var response = await host.Http.PutAsync(new Uri($"engines/{id}", UriKind.Relative), body, Ct);
        return await Answer.OfAsync(response);
    }

    private async Task<Answer> DeleteAsync(string id)
    {
        using var response = await host.Http.DeleteAsync(new Uri($"engines/{id}", UriKind.Relative), Ct);
        return await Answer.OfAsync(response);
    }
}
