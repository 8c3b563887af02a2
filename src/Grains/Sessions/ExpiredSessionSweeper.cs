using BlueEdge.Channels;
using BlueEdge.Sessions.Listing;
using BlueEdge.Sessions.Records;
using BlueEdge.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace BlueEdge.Sessions;

/// <summary>Deletes the blobs of ended sessions, and takes them out of the lists, when their time has come. Redis deletes the rest by itself.</summary>
internal sealed partial class ExpiredSessionSweeper(
    IConnectionMultiplexer redis, IBlobStore blobs, SessionStore sessions, SessionLists lists, TimeProvider clock, ILogger<ExpiredSessionSweeper> logger) : BackgroundService
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

    /// <summary>Clears away what is due now.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        RedisValue[] due;
        do
        {
            due = await database.SortedSetRangeByScoreAsync(
                StorageKeys.Expiring, stop: clock.GetUtcNow().ToUnixTimeMilliseconds(), take: BatchSize);
            foreach (var ended in due)
            {
                var (session, group) = ListedSession.Parse(ended.ToString());
                // A session that was submitted later under this id has its own time.
                if (await sessions.ReadAsync(session.SessionId) is var stored && (stored.Version == 0 || stored.State.SubmittedAt == session.SubmittedAt))
                {
                    await blobs.DeleteAsync(session.SessionId, cancellationToken);
                }

                await lists.RemoveAsync(session, group);
            }

            await database.SortedSetRemoveAsync(StorageKeys.Expiring, due);
        }
        while (due.Length == BatchSize);
    }

    [LoggerMessage(LogLevel.Warning, "Expired sessions could not be cleared away; it is tried again in half a minute")]
    private partial void LogFailed(Exception error);
}
