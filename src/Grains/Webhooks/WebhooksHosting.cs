using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Storage;
using BlueEdge.Outbound.Http;
using BlueEdge.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Registers webhooks on a silo.</summary>
internal static class WebhooksHosting
{
    /// <summary>
    /// Adds what delivers webhooks. The host provides <see cref="ExpiringStates"/>, and keys for
    /// <see cref="Microsoft.AspNetCore.DataProtection.IDataProtectionProvider"/> that outlive it.
    /// </summary>
    public static ISiloBuilder AddWebhooks(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSettings<WebhookOptions>(WebhookOptions.Section);
        services.AddOutboundClient();
        services.AddSingleton<WebhookAddresses>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<WebhookResultReader>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<HeaderVault>();
        services.AddSingleton<WebhookWarnings>();
        services.AddSingleton<ISessionEventSink, WebhookSink>();
        return silo;
    }
}
