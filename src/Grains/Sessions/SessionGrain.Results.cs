using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.DeadLetters;
using BlueEdge.Results;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Sessions;

/// <summary>Results, and the items that failed, for those who ask or wait for them.</summary>
internal sealed partial class SessionGrain
{
    public async Task<ImmutableArray<ResultPage>?> ReadResultsAsync(
        ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await _session.WakeAsync();
        return _session.ExistsFor(caller) ? await results.ReadAsync(_session.Id, _session.State.Epoch, queries, cancellationToken) : null;
    }

    public async Task<ImmutableArray<DeadLetter>?> ReadDeadLettersAsync(CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await _session.WakeAsync();
        return _session.ExistsFor(caller) ? await deadLetters.ReadAsync(_session.Id, _session.Spec, _session.State) : null;
    }

    public async Task<ResultBatch?> FollowResultsAsync(
        string channel, int epoch, long offset, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await _session.WakeAsync();
        if (!_session.ExistsFor(caller))
        {
            return null;
        }

        _waiters.AskForResults = true;

        // Most find something, and need not be told of more.
        var batch = await ReadBatchAsync(channel, epoch, offset, cancellationToken);
        if (!batch.Items.IsEmpty || batch.IsLast || atMost <= TimeSpan.Zero)
        {
            return batch;
        }

        var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (await notices.ListenAsync(_session.Id, () => noticed.TrySetResult()))
        {
            batch = await ReadBatchAsync(channel, epoch, offset, cancellationToken);
            if (batch.Items.IsEmpty && !batch.IsLast)
            {
                await _waiters.NoticedAsync(noticed.Task, atMost, cancellationToken);
            }
        }

        return batch.Items.IsEmpty && !batch.IsLast ? await ReadBatchAsync(channel, epoch, offset, cancellationToken) : batch;
    }

    /// <summary>Where they cannot be read, whoever wants them asks again.</summary>
    private async Task<ImmutableArray<ResultPage>> ReadFirstPagesAsync(SessionState state)
    {
        if (_session.Plan.InterestedChannels.Length is 0 or > SubmitResult.MostChannels)
        {
            return [];
        }

        try
        {
            return await results.ReadAsync(
                _session.Id, state.Epoch, [.. _session.Plan.InterestedChannels.Select(channel => new ResultQuery { Channel = channel })], CancellationToken.None);
        }
        catch (Exception error)
        {
            LogFirstPagesUnread(error, _session.Id);
            return [];
        }
    }

    private async Task<ResultBatch> ReadBatchAsync(string channel, int epoch, long offset, CancellationToken cancellationToken)
    {
        // Once it has ended nothing is written, so what is read after that is all there is.
        var hasEnded = _waiters.Ended.IsCompleted;
        var current = _session.State.Epoch;
        var from = epoch == current ? offset : 0;
        var pages = await results.ReadAsync(_session.Id, current, [new() { Channel = channel, Offset = from }], cancellationToken);
        return new() { Epoch = current, Offset = from, Items = pages[0].Items, IsLast = hasEnded && pages[0].NextOffset is null };
    }

    [LoggerMessage(LogLevel.Warning, "The results of session {SessionId} could not be read with its end; who wants them reads them then")]
    private partial void LogFirstPagesUnread(Exception error, string sessionId);
}
