using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Scheduling.Matching;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Outbound;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Validation;

/// <summary>Finds all that is wrong with a session that somebody submits, or would submit.</summary>
internal sealed class SubmissionCheck(
    EngineCatalogCache catalog,
    SentPayloads sent,
    IOptions<SessionLimits> limits,
    IOptions<SchedulingOptions> scheduling,
    OutboundRules outbound,
    WebhookSecrets secrets)
{
    private readonly TenantTerms _tenants = scheduling.Value.Terms;

    public async Task<FaultList> FindFaultsAsync(SessionSpec spec, string? tenant, CancellationToken cancellationToken)
    {
        var slots = _tenants.SlotsOf(tenant);
        var faults = SessionValidator.Validate(spec, (await catalog.GetAsync(cancellationToken)).Engines, limits.Value, outbound, tenantSlots: slots);
        if (!faults.IsEmpty)
        {
            // An engine that has just joined may make it right.
            faults = SessionValidator.Validate(spec, (await catalog.RefreshAsync(cancellationToken)).Engines, limits.Value, outbound, tenantSlots: slots);
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
