using BlueEdge.Grains.Scaling;
using BlueEdge.Settings;

namespace BlueEdge.CoreSilo.Scaling;

/// <summary>Has a core silo be KEDA's external scaler.</summary>
internal static class ScalerHosting
{
    /// <summary>Adds it where <c>BlueEdge:Scaling:Address</c> says where to listen. To be called after the silo was added.</summary>
    public static void AddExternalScaler(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<ScalingOptions>(ScalingOptions.Section);
        if (!string.IsNullOrEmpty(builder.Configuration[$"{ScalingOptions.Section}:{nameof(ScalingOptions.Address)}"]))
        {
            services.AddSingleton<LoadWatch>();
            services.AddHostedService(provider => provider.GetRequiredService<LoadWatch>());
            services.AddHostedService<ScalerServer>();
        }
    }
}
