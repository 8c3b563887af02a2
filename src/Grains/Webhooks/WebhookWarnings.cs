using System.Collections.Immutable;
using BlueEdge.Outbound;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Webhooks;

/// <summary>What there is to say of webhooks that will not be called as they are: their sessions run all the same.</summary>
internal sealed class WebhookWarnings(OutboundRules rules)
{
    public ImmutableArray<SessionWarning> Of(SessionSpec spec) => spec.Webhooks.IsDefaultOrEmpty ? [] :
    [
        .. from webhook in spec.Webhooks.Index()
           let refusal = rules.RefusalsOf(webhook.Item.CallbackUrl).FirstOrDefault()
           where refusal is not null
           select new SessionWarning { Code = WarningCodes.WebhookRefused, Message = $"Webhook {webhook.Index} is not called: {refusal.Message}" },
    ];
}
