using BlueEdge.Channels;
using BlueEdge.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace BlueEdge.Sessions;

/// <summary>Deletes the blobs of ended sessions when their time has come. Redis deletes the rest by itself.</summary>
internal sealed partial class ExpiredSessionSweeper(
    IConnectionMultiplexer redis, IBlobStore blobs, TimeProvider clock, ILogger<ExpiredSessionSweeper> logger) : BackgroundService
{
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(error);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        RedisValue[] due;
        do
        {
            due = await database.SortedSetRangeByScoreAsync(
                StorageKeys.Expiring, stop: clock.GetUtcNow().ToUnixTimeMilliseconds(), take: BatchSize);
            foreach (var sessionId in due)
            {
                await blobs.DeleteAsync(sessionId.ToString(), cancellationToken);
            }

            await database.SortedSetRemoveAsync(StorageKeys.Expiring, due);
        }
        while (due.Length == BatchSize);
    }

    [LoggerMessage(LogLevel.Warning, "Blobs of expired sessions could not be deleted; it is tried again in half a minute")]
    private partial void LogFailed(Exception error);
}
