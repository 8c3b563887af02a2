using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.DeadLetters;
using BlueEdge.Results;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Sessions;

/// <summary>Results, and the items that failed, for those who ask or wait for them.</summary>
internal sealed partial class SessionGrain
{
    /// <summary>What callers who wait for the end in the call that submits are told with it.</summary>
    private Task<ImmutableArray<ResultPage>>? _firstPages;

    /// <summary>Whether somebody knows the end, or is about to, who then asks for the results.</summary>
    private bool _isAskedForResults;

    public async Task<ImmutableArray<ResultPage>?> ReadResultsAsync(
        ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await WakeAsync();
        return ExistsFor(caller) ? await results.ReadAsync(SessionId, _state.Current.Epoch, queries, cancellationToken) : null;
    }

    public async Task<ImmutableArray<DeadLetter>?> ReadDeadLettersAsync(CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await WakeAsync();
        return ExistsFor(caller) ? await deadLetters.ReadAsync(SessionId, Spec, _state.Current) : null;
    }

    public async Task<ResultBatch?> FollowResultsAsync(
        string channel, int epoch, long offset, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await WakeAsync();
        if (!ExistsFor(caller))
        {
            return null;
        }

        _isAskedForResults = true;

        // Most find something, and need not be told of more.
        var batch = await ReadBatchAsync(channel, epoch, offset, cancellationToken);
        if (!batch.Items.IsEmpty || batch.IsLast || atMost <= TimeSpan.Zero)
        {
            return batch;
        }

        var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silo.Token);
        await using (await notices.ListenAsync(SessionId, () => noticed.TrySetResult()))
        {
            batch = await ReadBatchAsync(channel, epoch, offset, cancellationToken);
            if (batch.Items.IsEmpty && !batch.IsLast)
            {
                _waiting++;
                await Task.WhenAny(noticed.Task, _ended.Task, Task.Delay(Shorter(atMost, LongPoll.LongestTurn), clock, waiting.Token));
                _waiting--;
                await waiting.CancelAsync();
            }
        }

        return batch.Items.IsEmpty && !batch.IsLast ? await ReadBatchAsync(channel, epoch, offset, cancellationToken) : batch;
    }

    /// <summary>Where they cannot be read, whoever wants them asks again.</summary>
    private async Task<ImmutableArray<ResultPage>> ReadFirstPagesAsync(SessionState state)
    {
        if (Plan.InterestedChannels.Length is 0 or > SubmitResult.MostChannels)
        {
            return [];
        }

        try
        {
            return await results.ReadAsync(
                SessionId, state.Epoch, [.. Plan.InterestedChannels.Select(channel => new ResultQuery { Channel = channel })], CancellationToken.None);
        }
        catch (Exception error)
        {
            LogFirstPagesUnread(error, SessionId);
            return [];
        }
    }

    private async Task<ResultBatch> ReadBatchAsync(string channel, int epoch, long offset, CancellationToken cancellationToken)
    {
        // Once it has ended nothing is written, so what is read after that is all there is.
        var hasEnded = _ended.Task.IsCompleted;
        var current = _state.Current.Epoch;
        var from = epoch == current ? offset : 0;
        var pages = await results.ReadAsync(SessionId, current, [new() { Channel = channel, Offset = from }], cancellationToken);
        return new() { Epoch = current, Offset = from, Items = pages[0].Items, IsLast = hasEnded && pages[0].NextOffset is null };
    }

    [LoggerMessage(LogLevel.Warning, "The results of session {SessionId} could not be read with its end; who wants them reads them then")]
    private partial void LogFirstPagesUnread(Exception error, string sessionId);
}
