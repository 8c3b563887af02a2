using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlueEdge.Samples.Demo;

/// <summary>Has the session call a receiver, and shows what became of that.</summary>
/// <param name="address">The receiver.</param>
/// <param name="receiver">The receiver's process, where the demo has started it.</param>
/// <param name="output">Takes what is shown.</param>
internal sealed class DemoWebhook(Uri address, ReceiverProcess? receiver, TextWriter output) : IAsyncDisposable
{
    private const int LongestShown = 1_500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    /// <summary>What the embedded mode's process needs: the receiver's secret, and that its own machine may be called.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; } = receiver is null
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["BlueEdge__Webhooks__Secret"] = ReceiverProcess.Secret,
            ["BlueEdge__Outbound__Allow"] = "127.0.0.1",
        };

    /// <summary>The receiver that was asked for; <see langword="null"/> where none was.</summary>
    public static async Task<DemoWebhook?> StartAsync(DemoArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (!arguments.Webhook)
        {
            return null;
        }

        var receiver = arguments.WebhookUrl is null ? await ReceiverProcess.StartAsync(arguments.Root, cancellationToken) : null;
        return new(arguments.WebhookUrl ?? receiver!.Address, receiver, output); // One of the two is there.
    }

    /// <summary>The session's <c>webhooks</c>.</summary>
    public JsonArray ToJson() =>
        [new JsonObject { ["statusTypes"] = new JsonArray("sessionStatusChanged", "finish"), ["callbackUrl"] = address.OriginalString, ["resultChan"] = "FinalResults" }];

    /// <summary>Waits until nothing is left to deliver, and shows all deliveries, and the last event as the receiver got it.</summary>
    /// <returns>Whether all arrived.</returns>
    public async Task<bool> ShowAsync(HttpClient http, string sessionId, CancellationToken cancellationToken)
    {
        var deliveries = await DeliveriesAsync(http, sessionId, cancellationToken);
        await output.WriteLineAsync($"\nWebhook        {address.GetLeftPart(UriPartial.Path)}");
        foreach (var delivery in deliveries)
        {
            var last = delivery.TryGetProperty("lastAttempt", out var attempt) ? attempt : default;
            var error = last.ValueKind is JsonValueKind.Object && last.TryGetProperty("error", out var said) ? $": {said.GetString()}" : "";
            await output.WriteLineAsync($"  {delivery.GetProperty("status").GetString()}, {delivery.GetProperty("type").GetString()}, {delivery.GetProperty("id").GetString()}{error}");
        }

        if (receiver?.Taken.LastOrDefault() is { } taken)
        {
            await output.WriteLineAsync($"\nThe receiver found {receiver.Taken.Count} signatures right. The last event that it got:\n{(taken.Length > LongestShown ? $"{taken[..LongestShown]}…" : taken)}");
        }

        return deliveries is not [] && deliveries.All(delivery => delivery.GetProperty("status").GetString() is "delivered")
            && (receiver is null || receiver.Taken.Count >= deliveries.Count);
    }

    public ValueTask DisposeAsync() => receiver?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<List<JsonElement>> DeliveriesAsync(HttpClient http, string sessionId, CancellationToken cancellationToken)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(Period, TimeProvider.System, cancellationToken))
        {
            var answer = await http.GetFromJsonAsync<JsonElement>(new Uri($"api/v1/sessions/{sessionId}/webhooks", UriKind.Relative), cancellationToken);
            List<JsonElement> deliveries = [.. answer.GetProperty("data").GetProperty("webhooks")[0].GetProperty("deliveries").EnumerateArray()];
            if (waited.Elapsed > Patience || (deliveries is not [] && deliveries.TrueForAll(delivery => delivery.GetProperty("status").GetString() is not "waiting")))
            {
                return deliveries;
            }
        }
    }
}
