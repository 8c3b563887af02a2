using BlueEdge.Outbound;
using BlueEdge.Sessions;

namespace BlueEdge.Validation;

/// <summary>Webhooks: events to call about, an address to call, headers that can be sent, results that are kept.</summary>
public static class WebhookValidator
{
    /// <summary>Webhooks a session: each of its events goes to all of them.</summary>
    private const int Most = 32;

    internal static void Validate(SessionIndex session, OutboundRules outbound, FaultCollector faults)
    {
        if (session.Webhooks.Length > Most)
        {
            faults.Add("/webhooks", FaultCodes.TooLarge, $"There are {session.Webhooks.Length} webhooks; a session has at most {Most}.");
        }

        for (var index = 0; index < session.Webhooks.Length; index++)
        {
            var webhook = session.Webhooks[index];
            CheckTypes(webhook, index, faults);
            CheckResults(session, webhook.ResultChannel, index, faults);
            CheckCall(webhook, $"/webhooks/{index}", outbound, faults);
        }
    }

    /// <summary>What it calls, and with what.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="place">Its pointer; empty where it is the whole body.</param>
    /// <param name="outbound">What may be called.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static void CheckCall(WebhookSpec webhook, string place, OutboundRules outbound, FaultCollector faults)
    {
        CheckHeaders(webhook, place, faults);
        CheckUrl(webhook.CallbackUrl, place, outbound, faults);
    }

    private static void CheckUrl(Uri? url, string place, OutboundRules outbound, FaultCollector faults)
    {
        if (url is null)
        {
            faults.Add($"{place}/callbackUrl", FaultCodes.Required, "The address to call is required.");
            return;
        }

        // Whether a host may be called is for the call to say: its session runs all the same.
        foreach (var refusal in outbound.RefusalsOf(url).Where(refusal => refusal.Reason is not (OutboundReason.Address or OutboundReason.PlainHttp)))
        {
            faults.Add($"{place}/callbackUrl", CodeOf(refusal.Reason), refusal.Message);
        }
    }

    private static string CodeOf(OutboundReason reason) => reason switch
    {
        OutboundReason.Scheme or OutboundReason.Host or OutboundReason.UserInfo or OutboundReason.Fragment => FaultCodes.Malformed,
        OutboundReason.Length => FaultCodes.TooLarge,
        _ => FaultCodes.NotAllowed,
    };

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

    private static void CheckHeaders(WebhookSpec webhook, string place, FaultCollector faults)
    {
        var headers = webhook.CallbackHeader ?? [];
        if (headers.Count > HeaderRules.Most)
        {
            faults.Add($"{place}/callbackHeader", FaultCodes.TooLarge, $"There are {headers.Count} headers; a call has at most {HeaderRules.Most}.");
        }

        foreach (var (name, value) in headers)
        {
            if (!HeaderRules.IsWellFormed(name, value))
            {
                faults.Add(
                    $"{place}/callbackHeader/{FaultText.Step(name)}",
                    FaultCodes.Malformed,
                    "A header has a token as its name and visible ASCII characters and spaces as its value.");
            }
            else if (HeaderRules.IsTooLarge(name, value))
            {
                faults.Add(
                    $"{place}/callbackHeader/{FaultText.Step(name)}",
                    FaultCodes.TooLarge,
                    $"A header's name has at most {HeaderRules.LongestName} characters, and its value {HeaderRules.LongestValue}.");
            }
            else if (HeaderRules.IsReserved(name))
            {
                faults.Add($"{place}/callbackHeader/{FaultText.Step(name)}", FaultCodes.NotAllowed, $"{FaultText.Quote(name)} is set by BlueEdge alone; leave it out.");
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
