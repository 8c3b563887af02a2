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
        var (looked, woken) = await SearchWaitingAsync(tenant: null);
        await ForEachPageAsync(lists.ReadTenantsAsync, async tenants =>
        {
            foreach (var tenant in tenants)
            {
                var (more, others) = await SearchWaitingAsync(tenant);
                (looked, woken) = (looked + more, woken + others);
            }
        });
        if (woken > 0)
        {
            LogWoken(domain, woken, looked, clock.GetElapsedTime(began));
        }
    }

    private async Task<(int Looked, int Woken)> SearchWaitingAsync(string? tenant)
    {
        var (looked, woken) = (0, 0);
        await ForEachPageAsync((before, count) => lists.ReadAsync(tenant, [SessionGroup.Waiting], engine: null, before, count), async places =>
        {
            looked += places.Length;
            woken += await WakeAsync([.. places.Select(ListedSession.SessionIdOf).Where(session => !model.Knows(session))]);
        });
        return (looked, woken);
    }

    /// <summary>One that lives elsewhere and is just telling goes on with it.</summary>
    private Task SearchUntoldAsync() => ForEachPageAsync(lists.ReadUntoldAsync, WakeAsync);

    private static async Task ForEachPageAsync(Func<string?, int, Task<ImmutableArray<string>>> read, Func<ImmutableArray<string>, Task> use)
    {
        ImmutableArray<string> page;
        string? last = null;
        do
        {
            page = await read(last, PageSize);
            await use(page);
            last = page.LastOrDefault();
        }
        while (page.Length == PageSize);
    }

    private async Task<int> WakeAsync(ImmutableArray<string> sessions)
    {
        foreach (var some in sessions.Chunk(AtOnce))
        {
            stopping.ThrowIfCancellationRequested();
            await Task.WhenAll(some.Select(session => grains.Find<ISessionGrain>(session).FindAsync(CancellationToken.None)));
        }

        return sessions.Length;
    }

    [LoggerMessage(LogLevel.Information, "Scheduler {Domain} woke {Woken} of {Looked} waiting sessions, which stood in no queue, in {Elapsed}")]
    private partial void LogWoken(string domain, int woken, int looked, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Warning, "Scheduler {Domain} could not look for sessions that stand in no queue; it is tried again")]
    private partial void LogFailed(Exception error, string domain);
}
