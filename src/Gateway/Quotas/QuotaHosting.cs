using BlueEdge.Settings;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Quotas;

/// <summary>Has the gateway hold tenants to their quotas.</summary>
internal static class QuotaHosting
{
    public static void AddGatewayQuotas(this IServiceCollection services)
    {
        services.AddSettings<QuotaOptions>(QuotaOptions.Section);
        services.AddSettings<TenantQuotaOptions>(QuotaOptions.DefaultSection);
        services.AddSingleton<IValidateOptions<QuotaOptions>, QuotaCheck>();
        services.AddSingleton<QuotaTable>();
        services.AddSingleton<QuotaMetrics>();
        services.AddSingleton<GatewayQuotas>();
    }
}
