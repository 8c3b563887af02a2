using System.Runtime.CompilerServices;
using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Channels.Inputs;
using BlueEdge.Channels.Taps;
using BlueEdge.Client.Channels;
using BlueEdge.Results;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Client;

/// <summary>Calls the grains of sessions.</summary>
internal sealed class BlueEdgeClient(IGrainFactory grains, TimeProvider clock, ILogger<BlueEdgeClient> logger, Caller? caller = null) : IBlueEdgeClient
{
    private readonly ClientCalls _calls = new(grains, clock, logger, caller);

    private LongPoll Poll => new(ClientCalls.Pause, clock);

    public IBlueEdgeClient OnBehalfOf(Caller caller) => new BlueEdgeClient(grains, clock, logger, caller);

    public async Task<string> SubmitAsync(SessionSpec spec, string? sessionId = null, CancellationToken cancellationToken = default)
    {
        sessionId ??= SessionIds.Create();
        if (!SessionIds.IsValid(sessionId))
        {
            throw new ArgumentException($"'{sessionId}' is no session id: it wants 32 hexadecimal digits. SessionIds.Create makes one.", nameof(sessionId));
        }

        CallTrace.Enter();
        SubmitResult result;
        while ((result = await _calls.MakeAsync(sessionId, session => session.SubmitAsync(spec, null, CancellationToken.None), cancellationToken)).Outcome is SubmitOutcome.Expiring)
        {
            await Task.Delay(ClientCalls.Pause, clock, cancellationToken);
        }

        return result.Outcome switch
        {
            SubmitOutcome.Accepted => sessionId,
            SubmitOutcome.Conflict => throw new InvalidSessionException($"Session {sessionId} is there already, with another spec or of another tenant. Take another id.", []),
            _ => throw new InvalidSessionException(Describe(result), result.Faults),
        };
    }

    public Task<SessionSnapshot?> FindAsync(string sessionId, CancellationToken cancellationToken = default) =>
        _calls.MakeAsync(sessionId, session => session.FindAsync(cancellationToken), cancellationToken);

    public Task<SessionSnapshot?> WaitAsync(string sessionId, CancellationToken cancellationToken = default) => PollAsync(
        sessionId,
        (session, turn) => session.WaitAsync(turn, cancellationToken),
        session => session is null || session.Status.IsTerminal(),
        cancellationToken);

    public IAsyncEnumerable<SessionResult> ResultsAsync(string sessionId, string channel, CancellationToken cancellationToken = default) => ReadAsync(
        (epoch, offset, over) => PollAsync(
            sessionId, (session, turn) => session.FollowResultsAsync(channel, epoch, offset, turn, over), read => read is not { IsLast: false, Items.IsEmpty: true }, over),
        cancellationToken);

    public Task<SessionSnapshot?> StopAsync(string sessionId, CancellationToken cancellationToken = default) =>
        _calls.MakeAsync(sessionId, session => session.StopAsync(CancellationToken.None), cancellationToken);

    public async Task<ISessionChannel?> OpenChannelAsync(
        string sessionId, string channel, ChannelOpening? opening = null, CancellationToken cancellationToken = default)
    {
        ChannelKey key = new(sessionId, channel);
        if (await FindAsync(sessionId, cancellationToken) is not { } session)
        {
            return null;
        }

        var isKept = session.InterestedChannels.Contains(channel, StringComparer.Ordinal);
        var canWrite = await _calls.MakeAsync<IChannelInputGrain, InputSnapshot?>(
            sessionId, key.ToString(), input => input.FindAsync(cancellationToken), cancellationToken) is not null;
        return isKept || canWrite || await FollowTapAsync(key, epoch: 0, offset: 0, TimeSpan.Zero, cancellationToken) is not null
            ? new SessionChannel(_calls, key, over => isKept ? ResultsAsync(sessionId, channel, over) : TappedAsync(key, over), canWrite, opening ?? new())
            : throw new BlueEdgeException(
                $"Session {sessionId} has no channel '{channel}' that can be opened: those can be read that engines or clients write or start data feed, those be written that are submitted with external: \"in\".");
    }

    /// <summary>What is written to a channel that is not kept.</summary>
    private IAsyncEnumerable<SessionResult> TappedAsync(ChannelKey channel, CancellationToken cancellationToken) => ReadAsync(
        (epoch, offset, over) => Poll.AskAsync(
            turn => FollowTapAsync(channel, epoch, offset, turn, over), read => read is not { IsLast: false, HasGap: false, Items.IsEmpty: true }, TimeSpan.MaxValue, _ => false, over),
        cancellationToken);

    private Task<ResultBatch?> FollowTapAsync(ChannelKey channel, int epoch, long offset, TimeSpan turn, CancellationToken cancellationToken) =>
        _calls.MakeAsync<IChannelTapGrain, ResultBatch?>(channel.SessionId, channel.ToString(), tap => tap.FollowAsync(epoch, offset, turn, cancellationToken), cancellationToken);

    /// <summary>All items from the first on, batch by batch, until there are no more.</summary>
    private static async IAsyncEnumerable<SessionResult> ReadAsync(
        Func<int, long, CancellationToken, Task<ResultBatch?>> next, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (epoch, offset) = (0, 0L);
        ResultBatch? batch;
        do
        {
            batch = await next(epoch, offset, cancellationToken);
            (epoch, offset) = (batch?.Epoch ?? epoch, batch?.Offset ?? offset);
            foreach (var payload in batch?.Items ?? [])
            {
                yield return new(epoch, offset++, payload);
            }
        }
        while (batch is { IsLast: false });
    }

    private Task<T> PollAsync<T>(
        string sessionId, Func<ISessionGrain, TimeSpan, Task<T>> ask, Func<T, bool> isAnswer, CancellationToken cancellationToken) => Poll.AskAsync(
            turn => _calls.MakeAsync(sessionId, session => ask(session, turn), cancellationToken), isAnswer, TimeSpan.MaxValue, _ => false, cancellationToken);

    private static string Describe(SubmitResult result) =>
        $"The session has faults: {string.Join(' ', result.Faults.Select(fault => $"{fault.Pointer}: {fault.Message}"))}{(result.FurtherFaults > 0 ? $" And {result.FurtherFaults} more." : "")}";
}
