using System.Globalization;
using BlueEdge.Clustering.Storage;
using BlueEdge.Scheduling;
using BlueEdge.Store.Redis.Scheduling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>
/// Former versions kept the data of every service under the names of the default one. When a service starts for the first time
/// they are moved under its own, if it is certain that they are its: Orleans' membership was always by service.
/// </summary>
/// <remarks>One process moves, under a lock; whoever dies meanwhile leaves a mark, and the next one goes on.</remarks>
internal sealed partial class FormerKeys(
    IConnectionMultiplexer connection, RedisStore redis, StorageKeys keys, IOptions<ClusterOptions> cluster, TimeProvider clock, ILogger<FormerKeys> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>The keys are named as <see cref="StorageKeys"/> has it.</summary>
    private const string Done = "2";
    private const string Moving = "moving";
    private const int BatchSize = 500;

    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LockProbe = TimeSpan.FromMilliseconds(200);

    /// <summary>The schedulers' come last: they tell which engines have lists to be moved.</summary>
    private static readonly string[] Names =
        ["session/*", "results/*", "result-sequences/*", "sessions/*", "dead-letters/*", "inbox-leases/*", "expiring", "scheduler/*"];

    private string ServiceId => cluster.Value.ServiceId;

    private IServer Server => connection.GetServers().First(server => !server.IsReplica);

    public void Participate(ISiloLifecycle observer) => observer.Subscribe(nameof(FormerKeys), ServiceLifecycleStage.First, FindAgainAsync);

    /// <summary>Returns once all that is the service's own lies under its own names.</summary>
    /// <exception cref="BlueEdgeException">It is not certain whose the data are; the message says what to do.</exception>
    public async Task FindAgainAsync(CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        while (await ReadLayoutAsync() != Done)
        {
            if (!await redis.AskAsync(database => database.StringSetAsync(keys.LayoutLock, token, LockTime, when: When.NotExists)))
            {
                await Task.Delay(LockProbe, clock, cancellationToken);
                continue;
            }

            try
            {
                var layout = await ReadLayoutAsync();
                if (layout == Moving || (layout != Done && await IsOursAsync()))
                {
                    await MoveAsync();
                }

                await WriteLayoutAsync(Done);
            }
            finally
            {
                await redis.AskAsync(database => database.LockReleaseAsync(keys.LayoutLock, token));
            }
        }
    }

    private Task<RedisValue> ReadLayoutAsync() => redis.AskAsync(database => database.StringGetAsync(keys.Layout));

    private Task<bool> WriteLayoutAsync(string layout) => redis.AskAsync(database => database.StringSetAsync(keys.Layout, layout));

    /// <summary>Whether there are data of the former version that are to be moved.</summary>
    private async Task<bool> IsOursAsync()
    {
        if (!await HasFormerDataAsync())
        {
            return false;
        }

        var services = await FindServicesAsync();
        var isKnown = services.Contains(ServiceId);
        var others = services.Where(service => !string.Equals(service, ServiceId, StringComparison.Ordinal)).ToList();
        if (keys.IsDefault)
        {
            return others.Count == 0 || isKnown ? false : throw new BlueEdgeException(
                $"Redis holds sessions of a former version under '{StorageKeys.DefaultServiceId}/', and they seem to be of the service '{others[0]}' (BlueEdge:Cluster:ServiceId). "
                + $"Start that one first, which moves them; or, if they are of '{StorageKeys.DefaultServiceId}', tell so: redis-cli SET {keys.Layout} {Done}");
        }

        if (!isKnown)
        {
            return false;
        }

        return others.Count == 0 ? true : throw new BlueEdgeException(
            $"Redis holds sessions of a former version under '{StorageKeys.DefaultServiceId}/', and they may be of the services {string.Join(", ", others.Append(ServiceId).Select(name => $"'{name}'"))}: all of them wrote there. "
            + $"If they are of '{ServiceId}', tell so: redis-cli SET {keys.Layout} {Moving}; if not, '{ServiceId}' begins with none: redis-cli SET {keys.Layout} {Done}");
    }

    private async Task<bool> HasFormerDataAsync()
    {
        foreach (var name in Names)
        {
            await foreach (var _ in Server.KeysAsync(pattern: $"{StorageKeys.DefaultServiceId}/{name}", pageSize: BatchSize))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The services that have been clusters on this Redis, without those that have their data under their own names.</summary>
    private async Task<List<string>> FindServicesAsync()
    {
        const string Members = "/members/";
        HashSet<string> services = new(StringComparer.Ordinal);
        await foreach (var key in Server.KeysAsync(pattern: $"*{Members}*", pageSize: BatchSize))
        {
            var name = key.ToString();
            services.Add(name[..name.IndexOf(Members, StringComparison.Ordinal)]);
        }

        List<string> former = [];
        foreach (var service in services)
        {
            // The default service never has to move, so what it has done says nothing of whose the data are.
            var others = new StorageKeys(service);
            if (others.IsDefault || await redis.AskAsync(database => database.StringGetAsync(others.Layout)) != Done)
            {
                former.Add(service);
            }
        }

        return former;
    }

    private async Task MoveAsync()
    {
        await WriteLayoutAsync(Moving);
        LogMoving(ServiceId);
        var moved = 0L;
        var engines = await redis.AskAsync(database => database.SetMembersAsync($"{StorageKeys.DefaultServiceId}/scheduler/{ISchedulerGrain.DefaultDomain}/pending-engines"));
        var own = new SchedulerKeys(keys, ISchedulerGrain.DefaultDomain);
        moved += await RenameAsync([.. engines.Select(engine => (SchedulerKeys.OriginalPending(engine.ToString()), own.Pending(engine.ToString())))]);
        foreach (var name in Names)
        {
            List<(RedisKey, RedisKey)> batch = [];
            await foreach (var key in Server.KeysAsync(pattern: $"{StorageKeys.DefaultServiceId}/{name}", pageSize: BatchSize))
            {
                batch.Add((key, keys.OfFormer(key)));
                if (batch.Count == BatchSize)
                {
                    moved += await RenameAsync(batch);
                    batch = [];
                }
            }

            moved += await RenameAsync(batch);
        }

        LogMoved(ServiceId, moved);
    }

    private async Task<int> RenameAsync(List<(RedisKey From, RedisKey To)> pairs)
    {
        if (pairs.Count > 0)
        {
            await redis.AskAsync(database => database.KeyExpireAsync(keys.LayoutLock, LockTime));
            await GuardedWrites.RunAsync(redis, pairs.ConvertAll(
                pair => new GuardedWrite([new(new("EXISTS", pair.From), 1)], [new("RENAMENX", pair.From, pair.To.ToString())])));
        }

        return pairs.Count;
    }

    [LoggerMessage(LogLevel.Information, "What a former version stored of service {ServiceId} under the names of the default one is moved under its own")]
    private partial void LogMoving(string serviceId);

    [LoggerMessage(LogLevel.Information, "All of service {ServiceId} lies under its own names: {Moved} keys were moved")]
    private partial void LogMoved(string serviceId, long moved);
}
