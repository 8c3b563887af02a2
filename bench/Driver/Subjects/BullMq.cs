using System.Globalization;
using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>BullMQ: redis-server with its append-only file, a process of workers, and a process that adds flows and awaits them.</summary>
internal static class BullMq
{
    public static async Task<Subject> StartBullMqAsync(this Workplace place, string fsync = "everysec")
    {
        var name = "bullmq-" + fsync;
        var redis = await place.StartRedisAsync(name + "-redis", fsync);
        var port = redis.Port.ToString(CultureInfo.InvariantCulture);
        var folder = Path.Combine(place.Root, "bench", "peers", "bullmq");
        var worker = place.Start(name + "-worker", "node", [Path.Combine(folder, "worker.mjs"), port]);
        await worker.AwaitReadyAsync();
        var load = place.Start(name + "-load", "node", [Path.Combine(folder, "load.mjs"), port]);
        await load.AwaitReadyAsync();
        return new(fsync is "everysec" ? "BullMQ" : $"BullMQ (appendfsync {fsync})", load, [redis.Process, worker]);
    }
}
