using System.Diagnostics;
using System.Text;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Telemetry;

public sealed class MonitoringTests
{
    private const string NeedsPrometheus = "Prometheus is not on this machine: apt-get install prometheus.";

    /// <summary>The embedded mode has none of it; what is asked of it is checked by names alone.</summary>
    private const string Kafka = "streaming_kafka_";

    /// <summary>What a healthy process never tells: starts that an instance refuses, as it does while it drains.</summary>
    private const string Refusals = "blueedge_engine_refused_total";

    /// <summary>Sessions that finish, that fail, that store large results, of whose receivers one is nobody, and whose engine nobody is.</summary>
    private static readonly string[] Load =
    [
        """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"}}},"outputs":{"Result":{"type":"JSON","interested":true}},"waitTimeSecond":10}""",
        """{"engineId":"fail","inputs":{"Control":{"type":"JSON","payload":{"message":"as it was told to"}}},"waitTimeSecond":10}""",
        """{"dataChannels":[{"name":"C","type":"JSON"},{"name":"R","type":"JSON","interested":true}],"engines":[{"id":"relay","name":"r","inputs":[{"name":"In","linkTo":"C"}],"outputs":[{"name":"Out","linkTo":"R"}]}],"startData":[{"channelName":"C","payload":"LARGE"}],"waitTimeSecond":10}""",
        """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"}}},"outputs":{"Result":{"type":"JSON","interested":true}},"webhooks":[{"callbackUrl":"http://127.0.0.1:39999/hook","statusTypes":["finish"]},{"callbackUrl":"RECEIVER","statusTypes":["finish"]}],"waitTimeSecond":10}""",
        """{"engineId":"nobody","waitTimeSecond":10}""",
    ];

    [Fact]
    public async Task Every_alert_has_its_section_in_the_runbook()
    {
        var runbook = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "runbook.md"), TestContext.Current.CancellationToken);
        var sections = runbook.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]);

        Assert.Equal(Monitoring.Alerts.Order(StringComparer.Ordinal), sections.Order(StringComparer.Ordinal));
        Assert.All(Monitoring.Alerts, alert => Assert.Contains($"runbook_url: docs/runbook.md#{alert.ToLowerInvariant()}", File.ReadAllText(Monitoring.Rules), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_alert_is_tried_by_promtool()
    {
        Assert.SkipUnless(PrometheusProcess.IsThere, NeedsPrometheus);
        var tests = await File.ReadAllTextAsync(Monitoring.RuleTests, TestContext.Current.CancellationToken);
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["test", "rules", Monitoring.RuleTests]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!; // It is started.

        var said = await promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(promtool.ExitCode == 0, said);
        Assert.All(Monitoring.Alerts, alert => Assert.Contains($"alertname: {alert}\n        exp_alerts:\n", tests, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_query_has_an_answer_of_a_real_Prometheus_under_load()
    {
        Assert.SkipUnless(PrometheusProcess.IsThere, NeedsPrometheus);
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string> { ["BlueEdge__Telemetry__Metrics"] = "true", ["BlueEdge__Outbound__Allow"] = "127.0.0.0/8", ["BlueEdge__Channels__ClaimCheckBytes"] = "1000" });
        await using var prometheus = await PrometheusProcess.StartAsync(silo.Http.BaseAddress!); // It is set from its start on.
        using CancellationTokenSource enough = new();
        var load = SendAsync(silo, receiver.AnyPost, enough.Token);
        var rules = await prometheus.ReadRulesAsync();
        var queries = Monitoring.OfDashboards().Concat(rules.SelectMany(rule => Monitoring.Compared(rule.Expression).Select(query => (rule.Name, query)))).ToList();

        // Whether Kafka is there or not, nothing is asked for that no process tells.
        var page = await MetricsPage.ReadAsync();
        Assert.NotEmpty(queries);
        Assert.All(queries.SelectMany(query => Monitoring.MetricsIn(query.Item2)).Where(name => name.StartsWith("blueedge_", StringComparison.Ordinal) || name.StartsWith(Kafka, StringComparison.Ordinal)), name =>
            Assert.True(page.LabelsOf(name) is not null, $"No process tells {name}."));

        var here = queries.Where(query => !query.Item2.Contains(Kafka, StringComparison.Ordinal) && !query.Item2.Contains(Refusals, StringComparison.Ordinal)).ToList();
        foreach (var metric in here.SelectMany(query => Monitoring.MetricsIn(query.Item2)).Distinct())
        {
            await PrometheusProcess.WaitAsync($"The metric {metric}", async () => await prometheus.CountAsync(metric) > 0);
        }

        foreach (var (asker, query) in here)
        {
            await PrometheusProcess.WaitAsync($"An answer to {asker}: {query}", async () => await prometheus.CountAsync(query) > 0);
        }

        await enough.CancelAsync();
        await load;
    }

    private static async Task SendAsync(SiloProcess silo, string receiver, CancellationToken enough)
    {
        var large = Load.Select(body => body.Replace("LARGE", new('x', 5_000), StringComparison.Ordinal).Replace("RECEIVER", receiver, StringComparison.Ordinal)).ToList();
        try
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                using StringContent content = new(large[i % large.Count], Encoding.UTF8, "application/json");
                var path = large[i % large.Count].Contains("dataChannels", StringComparison.Ordinal) ? "api/v1/process-workflow" : "api/v1/process-single-engine";
                using var response = await silo.Http.PostAsync(new Uri(path, UriKind.Relative), content, enough);
                Assert.True((int)response.StatusCode < 500, await response.Content.ReadAsStringAsync(enough));
            }
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // All was asked.
        }
    }
}
