using System.Globalization;
using StackExchange.Redis;

namespace BlueEdge.Silo.Embedded;

/// <summary>
/// Keeps the store's log short. A checkpoint writes all that is stored, so it is due when the log is as large as the last
/// one: then what is written, and what a start has to read, stay below about twice what is stored.
/// </summary>
internal sealed class StoreCheckpoints(IConnectionMultiplexer redis, string folder)
{
    /// <summary>A log of this size is read back in about a second.</summary>
    private const long SmallestLog = 16 * 1024 * 1024;

    /// <summary>Below it, reading the log is no slower than reading a checkpoint.</summary>
    private const long SmallestLastLog = 1024 * 1024;

    /// <summary>Begins a checkpoint if one is due; the store answers on meanwhile.</summary>
    /// <returns>The size of the log if one was begun, else null.</returns>
    public async Task<long?> TakeIfDueAsync()
    {
        var log = await ReadLogSizeAsync();
        if (log < SmallestLog || log < ReadCheckpointSize())
        {
            return null;
        }

        await redis.GetServers()[0].SaveAsync(SaveType.BackgroundSave);
        return log;
    }

    /// <summary>Makes all that was written durable, with a checkpoint where that lets the next start read less.</summary>
    public async Task TakeLastAsync()
    {
        await redis.GetDatabase().ExecuteAsync("COMMITAOF");
        if (await ReadLogSizeAsync() >= SmallestLastLog)
        {
#pragma warning disable CS0618 // Nobody else is left whom a foreground save would hold up.
            await redis.GetServers()[0].SaveAsync(SaveType.ForegroundSave);
#pragma warning restore CS0618
        }
    }

    private async Task<long> ReadLogSizeAsync()
    {
        var persistence = (await redis.GetServers()[0].InfoAsync("persistence")).SelectMany(section => section).ToDictionary(StringComparer.Ordinal);
        return Read("TailAddress") - Read("BeginAddress");

        long Read(string name) => long.Parse(persistence[name], CultureInfo.InvariantCulture);
    }

    private long ReadCheckpointSize() => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*.dat.*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;
}
