using System.CommandLine;
using System.Text.Json;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;
using BlueEdge.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BlueEdge.Tool.Webhooks;

/// <summary><c>webhooks</c>: what became of a session's webhooks; sends an event again.</summary>
internal static class WebhooksCommand
{
    private const int LongestAnswer = 60;

    private static readonly Argument<string> Id = CommonOptions.SessionId();
    private static readonly Option<string?> Redeliver = new("--redeliver") { Description = "Sends this event once more, now, and says what came of it.", HelpName = "DELIVERY" };

    public static Command Create() => new Command("webhooks", "Says what became of a session's webhooks, or sends an event to one again.") { Id, Redeliver }.Does(RunAsync);

    private static Task<int> RunAsync(ToolCall call) => call.Get(Redeliver) is { } delivery ? RedeliverAsync(call, delivery) : ListAsync(call);

    private static async Task<int> ListAsync(ToolCall call)
    {
        List<JsonElement> all = [.. (await call.Api.ListWebhooksAsync(call.Get(Id), call.Token)).EnumerateArray()];
        switch (call.Printer.Format)
        {
            case OutputFormat.Table:
                Write(all.Select(webhook => webhook.Deserialize(ApiJson.Default.WebhookInfo) ?? new()));
                break;
            case OutputFormat.JsonLines:
                all.ForEach(call.Printer.WriteJson);
                break;
            default:
                call.Printer.WriteJson(json => JsonSerializer.Serialize(json, all, ApiJson.Default.ListJsonElement));
                break;
        }

        return ExitCodes.Finished;
    }

    private static async Task<int> RedeliverAsync(ToolCall call, string delivery)
    {
        var sent = await call.Api.RedeliverAsync(call.Get(Id), delivery, call.Token);
        var last = (sent.Deserialize(ApiJson.Default.DeliveryInfo) ?? new()).LastAttempt;
        if (call.Printer.IsTable)
        {
            WriteDeliveries([sent.Deserialize(ApiJson.Default.DeliveryInfo) ?? new()]);
        }
        else
        {
            call.Printer.WriteJson(sent);
        }

        return last?.Error is { } error ? throw new ToolException(ExitCodes.Failed, $"It did not arrive: {error}") : ExitCodes.Finished;
    }

    private static void Write(IEnumerable<WebhookInfo> all)
    {
        foreach (var webhook in all)
        {
            Printer.WriteText($"{webhook.CallbackUrl}: {webhook.Delivered} delivered, {webhook.Failed} failed, {webhook.Dropped} dropped{(webhook.Disabled ? "; it wants no more" : "")}");
            WriteDeliveries(webhook.Deliveries);
        }
    }

    private static void WriteDeliveries(IEnumerable<DeliveryInfo> deliveries) => Printer.WriteTable(
        ["DELIVERY", "TYPE", "HAPPENED", "STATUS", "TRIES", "NEXT", "LAST"],
        deliveries.Select(delivery => (IRenderable[])
            [
                new Text(delivery.Id),
                new Text(Plain(delivery.Type)),
                new Text(Cells.Time(delivery.HappenedAt)),
                Cells.Status(delivery.Status),
                new Text($"{delivery.Attempts}"),
                new Text(delivery.NextAttemptAt is { } next ? Cells.Time(next) : ""),
                new Text(delivery.LastAttempt is { } last ? $"{last.Error} {Plain(last.Answer)}".Trim() : ""),
            ]));

    /// <summary>What strangers say, without what a terminal would do.</summary>
    private static string Plain(string? text)
    {
        var shown = text is { Length: > LongestAnswer } ? $"{text.AsSpan(0, LongestAnswer)}…" : text ?? "";
        return string.Create(shown.Length, shown, (to, from) =>
        {
            for (var place = 0; place < from.Length; place++)
            {
                to[place] = char.GetUnicodeCategory(from[place]) is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format ? ' ' : from[place];
            }
        });
    }
}
