using System.Collections.Immutable;
using BlueEdge.Calls;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;

namespace BlueEdge.Client.Channels;

/// <summary>
/// Numbers what it writes, one write after the other, so that one that is repeated is recognised. A write that was sent is never given up,
/// whatever its caller does: the next one would be taken for it.
/// </summary>
internal sealed class SessionChannel : ISessionChannel
{
    /// <summary>The engines tell nobody outside when they have room again.</summary>
    private static readonly Backoff Room = new(First: TimeSpan.FromMilliseconds(10), Longest: TimeSpan.FromSeconds(1));

    private readonly Func<CancellationToken, IAsyncEnumerable<SessionResult>> _read;
    private readonly ClientCalls _calls;
    private readonly ChannelKey _key;
    private readonly TimeSpan _keepAlive;
    private readonly ITimer _silence;
    private readonly CancellationTokenSource _disposed = new();
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="calls">Calls the grains.</param>
    /// <param name="key">The channel.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="canWrite">Whether clients write it.</param>
    /// <param name="opening">Who writes.</param>
    public SessionChannel(ClientCalls calls, ChannelKey key, Func<CancellationToken, IAsyncEnumerable<SessionResult>> read, bool canWrite, ChannelOpening opening)
    {
        (_read, _calls, _key, _keepAlive) = (read, calls, key, opening.KeepAlive);
        (CanWrite, Sequence) = (canWrite, opening.Sequence);
        Writer = opening.Writer ?? Guid.CreateVersion7().ToString("N");
        _silence = calls.Clock.CreateTimer(_ => _ = SayPresentAsync(), null, canWrite ? _keepAlive : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string SessionId => _key.SessionId;

    public string Name => _key.Channel;

    public bool CanWrite { get; }

    public string Writer { get; }

    public long Sequence { get; private set; }

    public Task WriteAsync(Payload item, CancellationToken cancellationToken = default) => WriteAsync([item], cancellationToken);

    public async Task WriteAsync(ImmutableArray<Payload> items, CancellationToken cancellationToken = default)
    {
        if (items.IsEmpty)
        {
            return;
        }

        if (await InTurnAsync(new() { Items = items }, cancellationToken) is { Outcome: not InputOutcome.Taken } refused)
        {
            throw Refusal(refused);
        }
    }

    public async Task EndAsync(CancellationToken cancellationToken = default)
    {
        if (await InTurnAsync(new() { Ends = true }, cancellationToken) is { Outcome: not (InputOutcome.Taken or InputOutcome.Ended) } refused)
        {
            throw Refusal(refused);
        }

        _silence.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IAsyncEnumerable<SessionResult> ReadAsync(CancellationToken cancellationToken = default) => _read(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _silence.DisposeAsync();
    }

    private async Task<InputReply> InTurnAsync(InputWrite write, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        await _turn.WaitAsync(cancellationToken);
        return await SendAsync(write, cancellationToken).WaitAsync(cancellationToken);
    }

    /// <summary>Sends it once it is its turn, which it ends.</summary>
    private async Task<InputReply> SendAsync(InputWrite write, CancellationToken cancellationToken)
    {
        var takesMore = true;
        try
        {
            for (var tries = 1; ; tries++)
            {
                // Of what there was no room for nothing was taken.
                cancellationToken.ThrowIfCancellationRequested();
                var reply = await _calls.MakeAsync<IChannelInputGrain, InputReply>(
                    SessionId, _key.ToString(), input => input.WriteAsync(write with { Writer = Writer, FirstSequence = Sequence }, CancellationToken.None), _disposed.Token);
                if (reply.Outcome is not InputOutcome.NoRoom)
                {
                    takesMore = reply.Outcome is not (InputOutcome.Ended or InputOutcome.SessionOver or InputOutcome.Unknown);
                    return Settle(reply, write.Items.Length);
                }

                await Room.PauseAsync(tries, _calls.Clock, cancellationToken);
            }
        }
        finally
        {
            // Also after a call that failed or was given up: its writer is there. A channel that takes nothing more need not hear of it.
            if (!_disposed.IsCancellationRequested)
            {
                _silence.Change(takesMore ? _keepAlive : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            _turn.Release();
        }
    }

    private InputReply Settle(InputReply reply, int items)
    {
        if (reply.Outcome is not InputOutcome.Taken)
        {
            return reply;
        }

        Sequence += items;
        return reply.NextSequence > Sequence
            ? throw new ChannelWriteException(
                $"Session {SessionId}, channel '{Name}': another wrote as '{Writer}' before, and some of these items were taken for its own. Open the channel under another name, or from number {reply.NextSequence}.", reply)
            : reply;
    }

    /// <summary>A write without items says that the writer is there; one that is under way says it too.</summary>
    private async Task SayPresentAsync()
    {
        if (await _turn.WaitAsync(TimeSpan.Zero))
        {
            try
            {
                await SendAsync(new(), _disposed.Token);
            }
            catch (Exception gone) when (gone is OperationCanceledException or BlueEdgeException)
            {
                // Disposed meanwhile, or the next write tells why.
            }
        }
    }

    private ChannelWriteException Refusal(InputReply reply) => new(
        $"Session {SessionId}, channel '{Name}': {reply.Outcome switch
        {
            InputOutcome.Ended => "it has ended, and takes nothing more.",
            InputOutcome.SessionOver => "the session has ended or is stopped, and takes nothing more.",
            InputOutcome.Gap => $"items of writer '{Writer}' are missing before these: open it again from number {reply.NextSequence}.",
            InputOutcome.Refused => reply.Reason,
            _ => "there is none that clients write, or none any more: submit the session with it as external: \"in\".",
        }}",
        reply);
}
