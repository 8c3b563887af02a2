using System.Buffers;
using BlueEdge.Sessions;

namespace BlueEdge.Validation;

/// <summary>Webhooks: events to call about, an address to call, headers that can be sent, results that are kept.</summary>
internal static class WebhookValidator
{
    // RFC 9110, token.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static void Validate(SessionIndex session, FaultCollector faults)
    {
        for (var index = 0; index < session.Webhooks.Length; index++)
        {
            var webhook = session.Webhooks[index];
            CheckTypes(webhook, index, faults);
            CheckHeaders(webhook, index, faults);
            CheckResults(session, webhook.ResultChannel, index, faults);
            if (webhook.CallbackUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            {
                faults.Add(
                    $"/webhooks/{index}/callbackUrl",
                    webhook.CallbackUrl is null ? FaultCodes.Required : FaultCodes.Malformed,
                    "An absolute http or https address is required.");
            }
        }
    }

    private static void CheckTypes(WebhookSpec webhook, int index, FaultCollector faults)
    {
        var types = webhook.StatusTypes.OrEmpty();
        if (types.IsEmpty)
        {
            faults.Add($"/webhooks/{index}/statusTypes", FaultCodes.Required, "At least one type to call about is required.");
        }

        for (var type = 0; type < types.Length; type++)
        {
            if (string.IsNullOrWhiteSpace(types[type]))
            {
                faults.Add($"/webhooks/{index}/statusTypes/{type}", FaultCodes.Required, "A type is not empty.");
            }
        }
    }

    private static void CheckHeaders(WebhookSpec webhook, int index, FaultCollector faults)
    {
        foreach (var (name, value) in webhook.CallbackHeader ?? [])
        {
            var isToken = name.Length > 0 && !name.AsSpan().ContainsAnyExcept(TokenCharacters);
            if (!isToken || value is null || value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                faults.Add(
                    $"/webhooks/{index}/callbackHeader/{FaultText.Step(name)}",
                    FaultCodes.Malformed,
                    "A header has a token as its name and visible ASCII characters and spaces as its value.");
            }
        }
    }

    private static void CheckResults(SessionIndex session, string? name, int index, FaultCollector faults)
    {
        if (name is null)
        {
            return;
        }

        var channel = session.FindChannel(name);
        if (channel == SessionIndex.Unknown)
        {
            faults.Add(
                $"/webhooks/{index}/resultChan", FaultCodes.UnknownChannel, $"The session has no channel {FaultText.Quote(name)}.");
        }
        else if (!session.Channels[channel].Interested)
        {
            faults.Add(
                $"/webhooks/{index}/resultChan",
                FaultCodes.ChannelNotInterested,
                $"What is written to {FaultText.Quote(name)} is not kept: mark the channel as interested.");
        }
    }
}
