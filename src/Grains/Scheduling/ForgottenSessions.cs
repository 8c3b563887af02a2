using System.Collections.Immutable;
using BlueEdge.Calls;
using BlueEdge.Grains.Scheduling.Matching;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Scheduling;

/// <summary>
/// Finds sessions whose silo died between two steps, and wakes them: those that were saved and stand in no queue enlist then, and
/// those of which somebody has yet to hear something tell it. Waking one that is just about to, or that waits to run again, changes
/// nothing.
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
        await SearchWaitingAsync();
        await SearchUntoldAsync();
    }

    private async Task SearchWaitingAsync()
    {
        var began = clock.GetTimestamp();
        var (looked, woken) = (0, 0);
        string? before = null;
        do
        {
            var places = await lists.ReadAsync([SessionGroup.Waiting], engine: null, before, PageSize);
            looked += places.Length;
            woken += await WakeAsync(places.Select(ListedSession.SessionIdOf).Where(session => !model.Knows(session)));
            before = places.Length < PageSize ? null : places[^1];
        }
        while (before is not null);
        if (woken > 0)
        {
            LogWoken(domain, woken, looked, clock.GetElapsedTime(began));
        }
    }

    /// <summary>One that lives elsewhere and is just telling goes on with it.</summary>
    private async Task SearchUntoldAsync()
    {
        ImmutableArray<string> untold;
        string? after = null;
        do
        {
            untold = await lists.ReadUntoldAsync(after, PageSize);
            await WakeAsync(untold);
            after = untold.LastOrDefault();
        }
        while (untold.Length == PageSize);
    }

    private async Task<int> WakeAsync(IEnumerable<string> sessions)
    {
        var woken = 0;
        foreach (var some in sessions.Chunk(AtOnce))
        {
            stopping.ThrowIfCancellationRequested();
            await Task.WhenAll(some.Select(session => grains.Find<ISessionGrain>(session).FindAsync(CancellationToken.None)));
            woken += some.Length;
        }

        return woken;
    }

    [LoggerMessage(LogLevel.Information, "Scheduler {Domain} woke {Woken} of {Looked} waiting sessions, which stood in no queue, in {Elapsed}")]
    private partial void LogWoken(string domain, int woken, int looked, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Warning, "Scheduler {Domain} could not look for sessions that stand in no queue; it is tried again")]
    private partial void LogFailed(Exception error, string domain);
}
