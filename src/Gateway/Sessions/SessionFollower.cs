using BlueEdge.Calls;
using BlueEdge.Channels.Inputs;
using BlueEdge.Gateway.Http;
using BlueEdge.Results;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Sessions;

/// <summary>
/// Waits for what comes next of a session, for those who listen. A wait ends after <see cref="LongPoll.LongestTurn"/> with nothing, and is
/// begun again by whoever listens; all answer <see langword="null"/> where the session is gone.
/// </summary>
internal sealed class SessionFollower(SessionClient sessions, TimeProvider time)
{
    private LongPoll Poll => new(pause: TimeSpan.FromMilliseconds(500), time);

    public Task<SessionSnapshot?> FindAsync(string sessionId, CancellationToken cancellationToken) => sessions.FindAsync(sessionId, cancellationToken);

    /// <summary>The events after a number.</summary>
    public Task<SessionEventPage?> NextEventsAsync(string sessionId, long after, CancellationToken cancellationToken) => AskAsync(
        sessionId,
        (grain, turn) => grain.FollowEventsAsync(after, turn, cancellationToken),
        page => page is not { Events.IsEmpty: true, IsLast: false },
        cancellationToken);

    /// <summary>The session in another status or attempt than that.</summary>
    public Task<SessionSnapshot?> NextStatusAsync(SessionSnapshot known, CancellationToken cancellationToken) => AskAsync(
        known.SessionId,
        (grain, turn) => grain.WatchAsync(known.Status, known.Epoch, turn, cancellationToken),
        session => session is null || session.Status != known.Status || session.Epoch != known.Epoch,
        cancellationToken);

    /// <summary>The items of an interested channel from a place on, or those of a newer attempt.</summary>
    public Task<ResultBatch?> NextResultsAsync(string sessionId, string channel, int epoch, long offset, CancellationToken cancellationToken) => AskAsync(
        sessionId,
        (grain, turn) => grain.FollowResultsAsync(channel, epoch, offset, turn, cancellationToken),
        batch => batch is not { Items.IsEmpty: true, IsLast: false } || batch.Epoch != epoch,
        cancellationToken);

    /// <summary>The items of a channel that is not kept from a place on, or those of a newer attempt; also <see langword="null"/> where it cannot be listened to.</summary>
    public Task<ResultBatch?> NextTappedAsync(ChannelKey channel, int epoch, long offset, CancellationToken cancellationToken) => AskAsync(
        turn => sessions.FollowTapAsync(channel, epoch, offset, turn, cancellationToken),
        batch => batch is not { Items.IsEmpty: true, IsLast: false, HasGap: false } || batch.Epoch != epoch,
        cancellationToken);

    /// <summary>Whether a channel that is not kept can be listened to.</summary>
    public async Task<bool> CanListenAsync(ChannelKey channel, CancellationToken cancellationToken) =>
        await sessions.FollowTapAsync(channel, epoch: 0, offset: 0, TimeSpan.Zero, cancellationToken) is not null;

    private Task<T> AskAsync<T>(string sessionId, Func<ISessionGrain, TimeSpan, Task<T>> ask, Func<T, bool> isAnswer, CancellationToken cancellationToken) => AskAsync(
        turn => sessions.CallAsync(sessionId, grain => ask(grain, turn), turn, cancellationToken), isAnswer, cancellationToken);

    private Task<T> AskAsync<T>(Func<TimeSpan, Task<T>> ask, Func<T, bool> isAnswer, CancellationToken cancellationToken) =>
        Poll.AskAsync(ask, isAnswer, LongPoll.LongestTurn, error => error is UnavailableException, cancellationToken);
}
