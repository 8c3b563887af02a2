using BlueEdge.Channels;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Sessions.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Sessions;

/// <summary>Deletes the blobs of ended sessions, and takes them out of the lists, when their time has come.</summary>
public sealed partial class ExpiredSessionSweeper(
    ISessionStore sessions, ISessionLists lists, IBlobStore blobs, TimeProvider clock, ILogger<ExpiredSessionSweeper> logger) : BackgroundService
{
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(error);
            }
        }
    }

    /// <summary>Clears away what is due now.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        int swept;
        do
        {
            var due = await lists.ReadExpiredAsync(clock.GetUtcNow(), BatchSize);
            foreach (var (session, _) in due)
            {
                // A session that was submitted later under this id has its own time.
                if (await sessions.ReadAsync(session.SessionId) is var stored && (stored.Version == 0 || stored.State.SubmittedAt == session.SubmittedAt))
                {
                    await blobs.DeleteAsync(session.SessionId, cancellationToken);
                }
            }

            await lists.RemoveAsync(due);
            swept = due.Length;
        }
        while (swept == BatchSize);
    }

    [LoggerMessage(LogLevel.Warning, "Expired sessions could not be cleared away; it is tried again in half a minute")]
    private partial void LogFailed(Exception error);
}
