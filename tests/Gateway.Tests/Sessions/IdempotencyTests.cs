using System.Net;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Sessions;

public sealed class IdempotencyTests(SiloHost host)
{
    private const string Hello =
        """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"a \"b\" c"}}},"outputs":{"Result":{"type":"JSON","interested":true}},"waitTimeSecond":10}""";

    private readonly string _key = Guid.NewGuid().ToString();

    [Fact]
    public async Task The_same_key_and_body_give_the_same_session_also_at_once_and_after_its_end()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Http.SubmitAsync("process-single-engine", Hello, _key)));
        var later = await host.Http.SubmitAsync("process-single-engine", Hello, _key);

        Assert.All(answers, answer => Assert.Equal("finished", answer.Status));
        Assert.Single(answers.Append(later).Select(answer => answer.SessionId).Distinct(StringComparer.Ordinal));
        Assert.Single(later.Data.GetProperty("results").GetProperty("Result").EnumerateArray());
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_refused()
    {
        var first = await host.Http.SubmitAsync("process-single-engine", Hello, _key);

        var other = await host.Http.SubmitAsync("process-single-engine", Hello.Replace("b", "d", StringComparison.Ordinal), _key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("finished", (await host.Http.ReadAsync($"process-single-engine/{first.SessionId}")).Status);
    }

    [Fact]
    public async Task White_space_between_tokens_makes_no_other_body_and_within_a_string_it_does()
    {
        var first = await host.Http.SubmitAsync("process-single-engine", Hello, _key);

        var spaced = await host.Http.SubmitAsync("process-single-engine", Hello.Replace(",", " ,\r\n\t", StringComparison.Ordinal), _key);
        var changed = await host.Http.SubmitAsync("process-single-engine", Hello.Replace("\\\" c", "\\\"  c", StringComparison.Ordinal), _key);

        Assert.Equal(first.SessionId, spaced.SessionId);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed.StatusCode);
    }

    [Fact]
    public async Task A_refused_body_leaves_its_key_free()
    {
        var refused = await host.Http.SubmitAsync("process-single-engine", """{"engineId":"nobody"}""", _key);

        var sent = await host.Http.SubmitAsync("process-single-engine", Hello, _key);

        Assert.Equal([("/engineId", "unknown-engine")], refused.Faults);
        Assert.Equal("finished", sent.Status);
    }

    [Fact]
    public async Task The_same_key_on_the_other_route_is_another_session()
    {
        const string Workflow = """{"engines":[{"id":"hello","inputs":[{"name":"Control","linkTo":"a"}]}],"dataChannels":[{"name":"a","type":"JSON"}]}""";
        var single = await host.Http.SubmitAsync("process-single-engine", Hello, _key);

        var workflow = await host.Http.SubmitAsync("process-workflow", Workflow, _key);

        Assert.Equal(HttpStatusCode.OK, workflow.StatusCode);
        Assert.NotEqual(single.SessionId, workflow.SessionId);
    }

    [Theory, InlineData(""), InlineData("a b"), InlineData("256")]
    public async Task A_key_that_cannot_be_seen_or_is_too_long_is_refused(string key)
    {
        var answer = await host.Http.SubmitAsync("process-single-engine", Hello, key is "256" ? new string('k', 256) : key);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([("Idempotency-Key", "malformed")], answer.Faults);
    }
}
