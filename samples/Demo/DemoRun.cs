using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlueEdge.Samples.Demo;

/// <summary>Posts the scanned document, shows what happens to it, and then its text.</summary>
internal sealed class DemoRun(DemoArguments arguments, TextWriter output)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Runs the demo; the exit code is 0 only where the session finished.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (arguments.Live)
            {
                await LiveFilm.ServeAsync(arguments.Root, output, cancellationToken);
                return 0;
            }

            await using var webhook = await DemoWebhook.StartAsync(arguments, output, cancellationToken);
            await using var silo = arguments.Address is null ? await SiloProcess.StartAsync(arguments.Root, "Silo/release/BlueEdge.Silo.dll", webhook?.Settings, cancellationToken) : null;
            var address = silo?.Address ?? arguments.Address!; // One of the two is there.
            Say($"ready at {address}");
            using var http = new HttpClient { BaseAddress = address };
            var finished = await RunSessionAsync(http, webhook, cancellationToken);
            await output.WriteLineAsync($"\nAPI reference  {new Uri(address, "docs")}");
            if (silo is not null)
            {
                await output.WriteLineAsync($"Dashboard      {new Uri(address, "dashboard")}");
            }

            if (!arguments.Once)
            {
                await output.WriteLineAsync("Serving until Ctrl-C.");
                await (silo?.Exited ?? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)).WaitAsync(cancellationToken);
            }

            return finished ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return arguments.Once ? 1 : 0;
        }
        catch (Exception error) when (error is InvalidOperationException or TimeoutException or HttpRequestException or IOException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private async Task<bool> RunSessionAsync(HttpClient http, DemoWebhook? webhook, CancellationToken cancellationToken)
    {
        var pdf = await File.ReadAllBytesAsync(arguments.Pdf, cancellationToken);
        var template = await File.ReadAllTextAsync(Path.Combine(arguments.Root, "samples", "data", "scanned.session.json"), cancellationToken);
        var request = JsonNode.Parse(template)!; // It is no null.
        request["webhooks"] = webhook?.ToJson() ?? [];
        using var body = new StringContent(
            request.ToJsonString().Replace("{{pdf}}", Convert.ToBase64String(pdf), StringComparison.Ordinal), Encoding.UTF8, "application/json");
        using var posted = await http.PostAsync(new Uri("api/v1/process-workflow", UriKind.Relative), body, cancellationToken);
        var answer = await posted.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (!posted.IsSuccessStatusCode)
        {
            Say($"refused: {answer}");
            return false;
        }

        var sessionId = answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An accepted session has one.
        Say($"session {sessionId}: {Path.GetFileName(arguments.Pdf)}, {pdf.Length:N0} bytes");
        var session = await FollowAsync(http, new Uri($"api/v1/process-workflow/{sessionId}", UriKind.Relative), cancellationToken);
        foreach (var page in Results(session, "FinalResults"))
        {
            await output.WriteLineAsync(
                $"\n--- page {page.GetProperty("page")}, confidence {page.GetProperty("confidence").GetDouble():0.#} %\n{page.GetProperty("text").GetString()?.Trim()}");
        }

        var arrived = webhook is null || await webhook.ShowAsync(http, sessionId, cancellationToken);
        return arrived && Status(session) is "finished";
    }

    private async Task<JsonElement> FollowAsync(HttpClient http, Uri session, CancellationToken cancellationToken)
    {
        var (status, pages) = ("", 0);
        while (true)
        {
            var answer = await http.GetFromJsonAsync<JsonElement>(session, cancellationToken);
            var data = answer.GetProperty("data");
            if (Status(data) is var now && !string.Equals(now, status, StringComparison.Ordinal))
            {
                status = now;
                Say(data.GetProperty("process").TryGetProperty("reason", out var reason) && reason.ValueKind is JsonValueKind.String
                    ? $"{status}: {reason.GetString()}"
                    : status);
            }

            for (var read = Results(data, "FinalResults").Length; pages < read; pages++)
            {
                Say($"page {pages + 1} read");
            }

            if (status is "finished" or "failed" or "canceled")
            {
                return data;
            }

            await Task.Delay(Period, TimeProvider.System, cancellationToken);
        }
    }

    private static string Status(JsonElement session) =>
        session.GetProperty("process").GetProperty("status").GetString() ?? "";

    private static JsonElement[] Results(JsonElement session, string channel) =>
        session.TryGetProperty("results", out var results) && results.TryGetProperty(channel, out var items)
            ? [.. items.EnumerateArray()]
            : [];

    private void Say(string what) => output.WriteLine($"[{_watch.Elapsed.TotalSeconds,6:0.00} s] {what}");
}
