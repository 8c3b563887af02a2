using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Storage;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Store.Sqlite.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Providers;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace BlueEdge.Store.Sqlite.GrainStates;

/// <summary>Registers the storages of the embedded mode's grains: the default one, and <see cref="ExpiringStates"/>.</summary>
internal static class GrainStateHosting
{
    public static IServiceCollection AddSqliteGrainStates(this IServiceCollection services) => services
        .AddKeyedSingleton<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, _) => Create(provider, lifetime: null))
        .AddKeyedSingleton<IGrainStorage>(ExpiringStates.Name, (provider, _) => Create(provider, ExpiringStates.Lifetime(
            provider.GetRequiredService<IOptions<SessionOptions>>().Value, provider.GetRequiredService<IOptions<WebhookOptions>>().Value)));

    private static SqliteGrainStorage Create(IServiceProvider provider, TimeSpan? lifetime) => new(
        provider.GetRequiredService<SqliteStore>(),
        provider.GetRequiredService<Serializer>(),
        provider.GetRequiredService<IActivatorProvider>(),
        provider.GetRequiredService<TimeProvider>(),
        lifetime);
}
