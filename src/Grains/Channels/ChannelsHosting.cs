using BlueEdge.DeadLetters;
using BlueEdge.Results;
using BlueEdge.Settings;
using BlueEdge.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlueEdge.Channels;

/// <summary>Registers where items go on a silo.</summary>
public static class ChannelsHosting
{
    /// <summary>
    /// Adds the blob store and the result store, for sessions and for engines. The host provides an
    /// <c>IConnectionMultiplexer</c>.
    /// </summary>
    public static ISiloBuilder AddChannels(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSettings<ChannelOptions>(ChannelOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddBlobStore();
        services.TryAddSingleton<ResultNotices>();
        services.TryAddSingleton<IResultStore, RedisResultStore>();
        services.TryAddSingleton<IDurabilityBarrier, AnsweredIsDurable>();
        services.TryAddSingleton<ClaimCheck>();
        services.TryAddSingleton<IDeadLetterStore, RedisDeadLetterStore>();
        return silo;
    }
}
