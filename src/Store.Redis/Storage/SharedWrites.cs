using BlueEdge.Grains.Storage;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>Writes that come while one is under way share the next step.</summary>
internal sealed class SharedWrites(RedisStore redis)
{
    /// <summary>Larger writes, in bytes, go alone: one holds up everyone else in the store.</summary>
    private const long Largest = 64 * 1024;

    private readonly CallGatherer<GuardedWrite, Refusal?> _gatherer = new(writes => GuardedWrites.RunAsync(redis, writes));

    /// <summary>Runs the write, wholly or not at all, and says what was against it, if anything was.</summary>
    public async Task<Refusal?> RunAsync(GuardedWrite write) =>
        write.Size > Largest ? (await GuardedWrites.RunAsync(redis, [write]))[0] : await _gatherer.CallAsync(write);
}
