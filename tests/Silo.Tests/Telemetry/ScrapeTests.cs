using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Telemetry;

public sealed partial class ScrapeTests
{
    private const string Hello =
        """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"}}},"outputs":{"Result":{"type":"JSON","interested":true}},"waitTimeSecond":30}""";

    private const string Setting = "BlueEdge__Telemetry__Metrics";

    private static readonly string[] ByExporters = ["le", "otel_scope_name", "otel_scope_version"];

    [Fact]
    public async Task A_scrape_has_what_the_page_lists_and_no_session()
    {
        await using var silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string> { [Setting] = "true" });
        using var content = new StringContent(Hello, System.Text.Encoding.UTF8, "application/json");
        using var response = await silo.Http.PostAsync(new Uri("api/v1/process-single-engine", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var session = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("data").GetProperty("sessionId").GetString()!; // An answer has one.

        var samples = Sample.Matches(await silo.Http.GetStringAsync(new Uri("metrics", UriKind.Relative), TestContext.Current.CancellationToken));

        var page = await MetricsPage.ReadAsync();
        var ours = samples.Where(sample => sample.Groups["name"].Value.StartsWith("blueedge_", StringComparison.Ordinal)).ToList();
        Assert.Superset(
            new HashSet<string>(["blueedge_sessions_submitted_total", "blueedge_sessions_ended_total", "blueedge_scheduler_slots", "blueedge_engine_items_read_total", "blueedge_store_duration_seconds_count"]),
            ours.Select(sample => sample.Groups["name"].Value).ToHashSet());
        Assert.All(ours, sample =>
        {
            var labels = page.LabelsOf(sample.Groups["name"].Value);
            Assert.True(labels is not null, $"docs/metrics.md lacks {sample.Value}");
            Assert.Subset(labels.Concat(ByExporters).ToHashSet(), Label.Matches(sample.Groups["labels"].Value).Select(label => label.Groups["label"].Value).ToHashSet());
        });
        Assert.DoesNotContain(samples, sample => sample.Value.Contains(session, StringComparison.Ordinal));
        Assert.Contains("http_server_request_duration_seconds_count", samples.Select(sample => sample.Groups["name"].Value));
    }

    [Fact]
    public async Task An_embedded_process_has_none_unless_it_is_told_to()
    {
        await using var silo = await SiloProcess.StartAsync();

        Assert.Equal(System.Net.HttpStatusCode.NotFound, await silo.GetStatusAsync("metrics"));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "carrier-pigeon")]
    [InlineData("OTEL_TRACES_SAMPLER", "some")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "5 %")]
    public async Task A_variable_that_makes_no_sense_ends_the_start_in_one_line(string name, string value)
    {
        var settings = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4317", [name] = value };
        await using var silo = SiloProcess.Launch(settings: settings);

        Assert.Equal(1, await silo.WaitForExitAsync());
        Assert.Contains($"{name} is '{value}'", silo.Output);
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][\w:]*)(\{(?<labels>.*)\})? \S+( \d+)?$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Sample { get; }

    [GeneratedRegex("(?<label>\\w+)=\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Label { get; }
}
