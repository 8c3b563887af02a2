using BlueEdge.Scheduling.Matching;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Listing;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Scheduling;

/// <summary>
/// Finds sessions that were saved and stand in no queue, because their silo died between the two, and wakes them, whereupon
/// they enlist. Waking one that is just about to, or that waits to run again, changes nothing.
/// </summary>
internal sealed partial class ForgottenSessions(
    ISessionLists lists, IGrainFactory grains, SchedulerModel model, string domain, TimeProvider clock, ILogger logger, CancellationToken stopping)
{
    private const int PageSize = 1_000;
    private const int AtOnce = 64;
    private const int MostTries = 20;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private Task _search = Task.CompletedTask;

    /// <summary>Looks through all that wait, in pages, on the scheduler's turns; a search under way is followed by another.</summary>
    public void Search() => _search = SearchAfterAsync(_search);

    private async Task SearchAfterAsync(Task before)
    {
        await before;
        for (var tries = 1; tries <= MostTries && !stopping.IsCancellationRequested; tries++)
        {
            try
            {
                await SearchAsync();
                return;
            }
            catch (Exception error)
            {
                LogFailed(error, domain);
            }

            await Task.Delay(RetryDelay, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task SearchAsync()
    {
        var began = clock.GetTimestamp();
        var (looked, woken) = (0, 0);
        string? before = null;
        do
        {
            var places = await lists.ReadAsync([SessionGroup.Waiting], engine: null, before, PageSize);
            looked += places.Length;
            foreach (var unknown in places.Select(ListedSession.SessionIdOf).Where(session => !model.Knows(session)).Chunk(AtOnce))
            {
                stopping.ThrowIfCancellationRequested();
                await Task.WhenAll(unknown.Select(session => grains.Find<ISessionGrain>(session).FindAsync(CancellationToken.None)));
                woken += unknown.Length;
            }

            before = places.Length < PageSize ? null : places[^1];
        }
        while (before is not null);
        if (woken > 0)
        {
            LogWoken(domain, woken, looked, clock.GetElapsedTime(began));
        }
    }

    [LoggerMessage(LogLevel.Information, "Scheduler {Domain} woke {Woken} of {Looked} waiting sessions, which stood in no queue, in {Elapsed}")]
    private partial void LogWoken(string domain, int woken, int looked, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Warning, "Scheduler {Domain} could not look for sessions that stand in no queue; it is tried again")]
    private partial void LogFailed(Exception error, string domain);
}
