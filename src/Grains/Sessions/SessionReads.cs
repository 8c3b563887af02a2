using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.DeadLetters;
using BlueEdge.Grains.DeadLetters;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Results;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Sessions;

/// <summary>What the stores have of the session beside its state, for those who ask or wait for it: results, dead letters and events.</summary>
internal sealed partial class SessionReads(
    ActiveSession session,
    SessionWaiters waiters,
    ISessionStore store,
    IResultStore results,
    IDeadLetterStore deadLetters,
    IResultNotices notices,
    ILogger logger)
{
    public async Task<ImmutableArray<ResultPage>?> ReadResultsAsync(Caller caller, ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken)
    {
        await session.WakeAsync();
        return session.ExistsFor(caller) ? await results.ReadAsync(session.Id, session.State.Epoch, queries, cancellationToken) : null;
    }

    public async Task<ImmutableArray<DeadLetter>?> ReadDeadLettersAsync(Caller caller)
    {
        await session.WakeAsync();
        return session.ExistsFor(caller) ? await deadLetters.ReadAsync(session.Id, session.Spec, session.State) : null;
    }

    public async Task<ResultBatch?> FollowResultsAsync(
        Caller caller, string channel, int epoch, long offset, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await session.WakeAsync();
        if (!session.ExistsFor(caller))
        {
            return null;
        }

        waiters.AskForResults = true;

        // Most find something, and need not be told of more.
        var batch = await ReadBatchAsync(channel, epoch, offset, cancellationToken);
        if (!batch.Items.IsEmpty || batch.IsLast || atMost <= TimeSpan.Zero)
        {
            return batch;
        }

        var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (await notices.ListenAsync(session.Id, () => noticed.TrySetResult()))
        {
            batch = await ReadBatchAsync(channel, epoch, offset, cancellationToken);
            if (batch.Items.IsEmpty && !batch.IsLast)
            {
                await waiters.NoticedAsync(noticed.Task, atMost, cancellationToken);
            }
        }

        return batch.Items.IsEmpty && !batch.IsLast ? await ReadBatchAsync(channel, epoch, offset, cancellationToken) : batch;
    }

    public async Task<SessionEventPage?> FollowEventsAsync(Caller caller, long after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await session.WakeAsync();
        if (!session.ExistsFor(caller))
        {
            return null;
        }

        // Where none will come nobody waits.
        if (atMost > TimeSpan.Zero && session.State.KeepsEvents(session.Spec))
        {
            await waiters.ChangedAsync(() => session.State.LastEvent > after || session.State.Status.IsTerminal(), atMost, cancellationToken);
        }

        var state = session.State;
        var isKept = state.KeepsEvents(session.Spec);
        var events = state.LastEvent > after ? await store.ReadEventsAsync(session.Id, after, SessionEventPage.Most) : [];
        return new()
        {
            Events = events,
            IsKept = isKept,
            IsLast = !isKept || (state.Status.IsTerminal() && (events is [.., var last] ? last.Number : after) >= state.LastEvent),
        };
    }

    /// <summary>What those who wait for the end are told with it. Where it cannot be read, whoever wants it asks again.</summary>
    public async Task<ImmutableArray<ResultPage>> ReadFirstPagesAsync(SessionState state)
    {
        var channels = session.Plan.InterestedChannels;
        if (channels.Length is 0 or > SubmitResult.MostChannels)
        {
            return [];
        }

        try
        {
            return await results.ReadAsync(
                session.Id, state.Epoch, [.. channels.Select(channel => new ResultQuery { Channel = channel })], CancellationToken.None);
        }
        catch (Exception error)
        {
            LogFirstPagesUnread(error, session.Id);
            return [];
        }
    }

    private async Task<ResultBatch> ReadBatchAsync(string channel, int epoch, long offset, CancellationToken cancellationToken)
    {
        // Once it has ended nothing is written, so what is read after that is all there is.
        var hasEnded = waiters.Ended.IsCompleted;
        var current = session.State.Epoch;
        var from = epoch == current ? offset : 0;
        var pages = await results.ReadAsync(session.Id, current, [new() { Channel = channel, Offset = from }], cancellationToken);
        return new() { Epoch = current, Offset = from, Items = pages[0].Items, IsLast = hasEnded && pages[0].NextOffset is null };
    }

    [LoggerMessage(LogLevel.Warning, "The results of session {SessionId} could not be read with its end; who wants them reads them then")]
    private partial void LogFirstPagesUnread(Exception error, string sessionId);
}
