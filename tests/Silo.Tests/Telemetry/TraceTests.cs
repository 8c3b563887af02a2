using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Telemetry;

/// <summary>What is exported, from the real process, as a collector receives it.</summary>
public sealed class TraceTests
{
    private const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    /// <summary>Two nodes: the first takes its time.</summary>
    private const string Pair =
        """
        {"dataChannels":[{"name":"C","type":"JSON"},{"name":"B","type":"JSON"},{"name":"R","type":"JSON","interested":true}],
         "engines":[{"id":"delay","name":"first","inputs":[{"name":"Control","linkTo":"C"}],"outputs":[{"name":"Result","linkTo":"B"}]},
                    {"id":"relay","name":"second","inputs":[{"name":"In","linkTo":"B"}],"outputs":[{"name":"Out","linkTo":"R"}]}],
         "startData":[{"channelName":"C","payload":{"seconds":SECONDS}}],"retry":{"attempts":1}MORE}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_is_one_trace_below_its_callers_span()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var silo = await SiloProcess.StartAsync(settings: receiver.Variables);

        var session = await SubmitAsync(silo, seconds: 0.05, Caller);
        var spans = await receiver.WaitAsync("The session's span", all => all.Any(span => span.Name is "session"));

        var ours = spans.Where(span => span.Tags.GetValueOrDefault("blueedge.session.id") == session).ToList();
        Assert.All(ours, span => Assert.Equal(Trace, span.TraceId));
        var submit = Assert.Single(ours, span => span.Name is "session submit");
        AssertIsBelow(submit, "b7ad6b7169203331", spans);
        Assert.Equal(
            ["node", "node", "session", "session prepare", "session wait"],
            ours.Where(span => span.ParentId == submit.Id).Select(span => span.Name).Order(StringComparer.Ordinal));
        var (first, second) = (NodeOf(ours, "first"), NodeOf(ours, "second"));
        Assert.Equal(["prepare", "process"], Below(first, spans));
        Assert.Equal(["prepare", "process", "results"], Below(second, spans));
        Assert.Equal([submit.Id], first.Links);
        Assert.Equal([first.Id], second.Links);
        Assert.Equal("Finished", ours.Single(span => span.Name is "session").Tags["blueedge.session.status"]);
    }

    [Fact]
    public async Task The_calls_of_its_webhook_are_in_its_trace()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string>(receiver.Variables) { ["BlueEdge__Outbound__Allow"] = "127.0.0.1" });

        var session = await SubmitAsync(silo, seconds: 0, Caller, $$""","webhooks":[{"statusTypes":["finish"],"callbackUrl":"{{receiver.AnyPost}}"}]""");
        var spans = await receiver.WaitAsync(
            "A webhook's span for the end of each node, and the session's",
            all => all.Count(span => span.Name is "webhook") == 2 && all.Any(span => span.Name is "session"));

        var calls = spans.Where(span => span.Name is "webhook").ToList();
        Assert.All(calls, call => Assert.Equal((Trace, spans.Single(span => span.Name is "session submit").Id), (call.TraceId, call.ParentId)));
        Assert.All(calls, call => Assert.Equal((session, "200"), (call.Tags["blueedge.session.id"], call.Tags["http.response.status_code"])));
        Assert.Equal(2, calls.Select(call => call.Tags["blueedge.event"]).Distinct().Count());
    }

    [Fact]
    public async Task It_goes_on_after_the_process_was_killed()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var silo = await SiloProcess.StartAsync(settings: receiver.Variables);
        var session = await SubmitAsync(silo, seconds: 3, Caller);
        await receiver.WaitAsync("The end of the preparation", all => all.Any(span => span.Name is "session prepare"));
        await silo.KillAsync();

        await silo.RestartAsync();

        var spans = await receiver.WaitAsync("The session's span", all => all.Any(span => span.Name is "session"));
        var ours = spans.Where(span => span.Tags.GetValueOrDefault("blueedge.session.id") == session).ToList();
        Assert.All(ours, span => Assert.Equal(Trace, span.TraceId));
        var submit = Assert.Single(ours, span => span.Name is "session submit");
        var again = ours.Where(span => span.Name is "node" && span.Tags["blueedge.attempt"] is "2").ToList();
        Assert.Equal(["first", "second"], again.Select(span => span.Tags["blueedge.node"]).Order(StringComparer.Ordinal));
        Assert.All(again, node => Assert.Equal(submit.Id, node.ParentId));
        Assert.Equal([NodeOf(again, "first").Id], NodeOf(again, "second").Links);
        Assert.Equal((submit.Id, "Finished"), ours.Where(span => span.Name is "session").Select(span => (span.ParentId, span.Tags["blueedge.session.status"])).Single());
    }

    [Fact]
    public async Task What_the_caller_does_not_keep_is_not_kept()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var silo = await SiloProcess.StartAsync(settings: receiver.Variables);
        var unkept = await SubmitAsync(silo, seconds: 0, Caller[..^1] + "0");
        var kept = await SubmitAsync(silo, seconds: 0.5, Caller);

        var spans = await receiver.WaitAsync("The other session's span", all => all.Any(span => span.Name is "session" && span.Tags["blueedge.session.id"] == kept));

        Assert.DoesNotContain(spans, span => span.Tags.Values.Contains(unkept));
    }

    [Fact]
    public async Task Metrics_and_logs_go_the_same_way_with_their_resource()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var silo = await SiloProcess.StartAsync(settings: receiver.Variables);

        await receiver.WaitAsync("Metrics and logs", _ => receiver.LastOf("metrics") is not null && receiver.LastOf("logs") is not null);

        foreach (var signal in new[] { "metrics", "logs" })
        {
            var body = Encoding.UTF8.GetString(receiver.LastOf(signal)!); // Waited for.
            Assert.All(["service.name", "BlueEdge.Silo", "service.version", "service.instance.id", "blueedge.cluster", "embedded"], word => Assert.Contains(word, body));
        }
    }

    [Fact]
    public async Task Without_an_endpoint_the_exporter_is_not_even_loaded()
    {
        await using var silo = await SiloProcess.StartAsync();

        var files = await File.ReadAllTextAsync($"/proc/{silo.Id}/maps", Ct);

        Assert.Contains("BlueEdge.Hosting.dll", files);
        Assert.DoesNotContain("OpenTelemetry.Exporter.OpenTelemetryProtocol.dll", files);
        Assert.DoesNotContain("OpenTelemetry.Instrumentation.AspNetCore.dll", files);
    }

    private static ExportedSpan NodeOf(IEnumerable<ExportedSpan> spans, string node) =>
        spans.Single(span => span.Name is "node" && span.Tags["blueedge.node"] == node);

    private static IEnumerable<string> Below(ExportedSpan span, IReadOnlyList<ExportedSpan> spans) =>
        spans.Where(other => other.ParentId == span.Id).Select(other => other.Name).Order(StringComparer.Ordinal);

    /// <summary>Between the two is the request's span.</summary>
    private static void AssertIsBelow(ExportedSpan span, string ancestor, IReadOnlyList<ExportedSpan> spans)
    {
        var path = span.Name;
        for (var each = span; each.ParentId != ancestor;)
        {
            each = spans.SingleOrDefault(other => other.Id == each.ParentId);
            Assert.True(each is not null, $"{path} has a parent that was not exported.");
            path = $"{each.Name} > {path}";
        }

        Assert.StartsWith("POST", path);
    }

    private static async Task<string> SubmitAsync(SiloProcess silo, double seconds, string traceparent, string more = "")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri("api/v1/process-workflow", UriKind.Relative));
        var body = Pair.Replace("SECONDS", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("MORE", more, StringComparison.Ordinal);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("traceparent", traceparent);
        using var response = await silo.Http.SendAsync(request, Ct);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.True(response.IsSuccessStatusCode, answer.ToString());
        return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An answer has one.
    }
}
