using System.Collections.Immutable;
using System.Diagnostics;
using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Gateway.Http;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Sessions.Listening;

/// <summary>
/// Reads what happens to the sessions of every silo, until it is stopped: each silo by calls that wait for news there, one after the
/// other, and which silos there are in the same way. Nothing has to be renewed, and a gateway that dies leaves nothing behind.
/// </summary>
#pragma warning disable CA1001 // The source holds nothing to dispose, and calls that end late still look at its token.
internal sealed partial class NewsFollower(SessionClient cluster, SessionFeed feed, TimeProvider time, ILogger logger)
#pragma warning restore CA1001
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();

    /// <summary>Those of the silos that were there first that are not read yet; <see langword="null"/> before it is known which they are.</summary>
    private HashSet<string>? _unopened;

    private LongPoll Poll => new(Pause, time);

    /// <summary>Ends once every silo is read that there was.</summary>
    public Task Open => _open.Task;

    /// <summary>Ends it all.</summary>
    public void Stop() => _over.Cancel();

    /// <summary>Reads until it is stopped; never fails.</summary>
    public async Task FollowAsync()
    {
        // It is begun by a request, and outlasts it.
        CallerContext.Enter(Caller.Default);
        Activity.Current = null;
        Dictionary<string, CancellationTokenSource> followed = new(StringComparer.Ordinal);
        ImmutableArray<string> known = [];
        try
        {
            while (true)
            {
                var before = known;
                known = await AskAsync(turn => cluster.FollowNewsListAsync(before, turn, _over.Token), rings => !rings.SequenceEqual(before, StringComparer.Ordinal), _over.Token);
                var isLate = Expect(known);
                foreach (var gone in followed.Keys.Except(known, StringComparer.Ordinal).ToList())
                {
                    // What it stored last nobody has told.
                    followed.Remove(gone, out var its);
                    its?.Cancel();
                    feed.Miss(this);
                }

                foreach (var ring in known.Where(ring => !followed.ContainsKey(ring)))
                {
                    var its = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
                    followed.Add(ring, its);
                    _ = FollowAsync(ring, isLate, its.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
    }

    /// <summary>Reads one silo until it is gone.</summary>
    private async Task FollowAsync(string ring, bool isLate, CancellationToken gone)
    {
        NewsPlace? place = null;
        try
        {
            while (true)
            {
                var after = place;
                var page = await AskAsync(
                    turn => cluster.ReadNewsAsync(ring, after, turn, gone), page => after is null || !page.IsWhole || !page.News.IsEmpty, gone);
                if (after is null ? isLate : !page.IsWhole)
                {
                    feed.Miss(this);
                }

                feed.Tell(this, page.News);
                place = page.Place;
                MarkOpen(ring);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // So is what it had to tell.
        }
    }

    /// <summary>Asks until there is an answer: whatever fails, whoever listens is to hear on.</summary>
    private async Task<T> AskAsync<T>(Func<TimeSpan, Task<T>> ask, Func<T, bool> isAnswer, CancellationToken over)
    {
        while (true)
        {
            try
            {
                if (await Poll.AskAsync(ask, isAnswer, LongPoll.LongestTurn, error => error is UnavailableException, over) is var answer && isAnswer(answer))
                {
                    return answer;
                }
            }
            catch (Exception error) when (error is not OperationCanceledException || !over.IsCancellationRequested)
            {
                LogFailed(error);
                await Task.Delay(Pause, time, over);
            }

            over.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Notes which silos there are; whether those that are new now were not there at first.</summary>
    private bool Expect(ImmutableArray<string> rings)
    {
        lock (_lock)
        {
            var isLate = _unopened is not null;
            if (_unopened is null)
            {
                _unopened = new(rings, StringComparer.Ordinal);
            }
            else
            {
                _unopened.IntersectWith(rings);
            }

            OpenIfAllAre();
            return isLate;
        }
    }

    private void MarkOpen(string ring)
    {
        lock (_lock)
        {
            if (_unopened?.Remove(ring) ?? false)
            {
                OpenIfAllAre();
            }
        }
    }

    private void OpenIfAllAre()
    {
        if (_unopened is { Count: 0 })
        {
            _open.TrySetResult();
        }
    }

    [LoggerMessage(LogLevel.Warning, "What happens to all sessions cannot be told to those who listen; it is tried again, and they are told of what is missing then")]
    private partial void LogFailed(Exception error);
}
