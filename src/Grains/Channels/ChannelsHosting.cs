using BlueEdge.Blobs;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlueEdge.Grains.Channels;

/// <summary>Registers where items go on a silo.</summary>
public static class ChannelsHosting
{
    /// <summary>
    /// Adds the blob store, for sessions and for engines. The host provides the stores of results and of dead letters.
    /// </summary>
    public static ISiloBuilder AddChannels(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSettings<ChannelOptions>(ChannelOptions.Section);
        services.AddSettings<TapOptions>(TapOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddBlobStore();
        services.TryAddSingleton<ClaimCheck>();
        return silo;
    }
}
