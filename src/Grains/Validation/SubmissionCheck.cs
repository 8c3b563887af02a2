using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Outbound;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Validation;

/// <summary>Finds all that is wrong with a session that somebody submits, or would submit.</summary>
internal sealed class SubmissionCheck(EngineCatalogCache catalog, SentPayloads sent, IOptions<SessionLimits> limits, OutboundRules outbound, WebhookSecrets secrets)
{
    public async Task<FaultList> FindFaultsAsync(SessionSpec spec, string? tenant, CancellationToken cancellationToken)
    {
        var faults = SessionValidator.Validate(spec, (await catalog.GetAsync(cancellationToken)).Engines, limits.Value, outbound);
        if (!faults.IsEmpty)
        {
            // An engine that has just joined may make it right.
            faults = SessionValidator.Validate(spec, (await catalog.RefreshAsync(cancellationToken)).Engines, limits.Value, outbound);
        }

        return !faults.IsEmpty ? faults
            : FindUnknownSecrets(spec) is { IsEmpty: false } unknown ? unknown
            : await sent.FindFaultsAsync(spec.Payloads(), tenant, place => $"/startData/{place}/payload", cancellationToken);
    }

    private FaultList FindUnknownSecrets(SessionSpec spec)
    {
        FaultCollector faults = new();
        foreach (var (place, webhook) in spec.Webhooks.Index())
        {
            if (webhook.Secret is { } name && !secrets.Has(name))
            {
                faults.Add($"/webhooks/{place}/secret", FaultCodes.UnknownSecret, $"The operator has set no secret {FaultText.Quote(name)}; leave it out to have the usual one.");
            }
        }

        return faults.ToList();
    }
}
