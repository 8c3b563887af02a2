using BlueEdge.Store.Redis.Storage;
using Orleans.Persistence.Redis;
using Orleans.Storage;

namespace BlueEdge.Store.Redis.GrainStates;

/// <summary>Orleans' storage of grains in Redis; what its driver throws is told as by the other stores.</summary>
internal sealed class RedisGrainStorage(IGrainStorage orleans) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        TellAsync(orleans.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        TellAsync(orleans.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        TellAsync(orleans.ClearStateAsync(stateName, grainId, grainState));

    private static async Task TellAsync(Task command)
    {
        try
        {
            await command;
        }
        catch (RedisStorageException error)
        {
            throw RedisErrors.Translate(error);
        }
    }
}
