using System.Collections.Immutable;
using BlueEdge.Calls;
using BlueEdge.Results;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Sessions;

/// <summary>
/// Those who wait for something of a session; while there are any it stays in memory. A silo that stops lets them go, for it would
/// wait for them.
/// </summary>
internal sealed class SessionWaiters(SiloStopping silo, IOptions<SessionOptions> options, TimeProvider clock)
{
    /// <summary>How long an ended session stays in memory where somebody is to ask for its results.</summary>
    private static readonly TimeSpan LongestLinger = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next event; there is one only while somebody waits for it.</summary>
    private TaskCompletionSource? _nextEvent;
    private int _waiting;

    /// <summary>How many of them are told the results with the end.</summary>
    private int _running;

    /// <summary>Whether there are any.</summary>
    public bool Any => _waiting > 0;

    /// <summary>Whether any of them are told the results with the end.</summary>
    public bool WantResults => _running > 0;

    /// <summary>What they are told; <see langword="null"/> where nobody wanted it when the session ended.</summary>
    public Task<ImmutableArray<ResultPage>>? FirstPages { get; set; }

    /// <summary>Whether somebody knows the end, or is about to, who then asks for the results.</summary>
    public bool AskForResults { get; set; }

    /// <summary>Ends when the session's end is told: only once nothing can undo it.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Tells the end.</summary>
    public void End() => _ended.TrySetResult();

    /// <summary>Has those who wait for an event look again.</summary>
    public void TellChange()
    {
        _nextEvent?.TrySetResult();
        _nextEvent = null;
    }

    /// <summary>Waits for the end, so long.</summary>
    public async Task EndedAsync(TimeSpan atMost, bool withResults, CancellationToken cancellationToken)
    {
        if (atMost > TimeSpan.Zero && !Ended.IsCompleted)
        {
            var running = withResults ? 1 : 0;
            using var patience = Patience(cancellationToken);
            (_waiting, _running) = (_waiting + 1, _running + running);
            await Ended
                .WaitAsync(Turn(atMost), clock, patience.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            (_waiting, _running) = (_waiting - 1, _running - running);
        }
    }

    /// <summary>Waits for a notice or the end, so long.</summary>
    public async Task NoticedAsync(Task notice, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = Patience(cancellationToken);
        _waiting++;
        await Task.WhenAny(notice, Ended, Task.Delay(Turn(atMost), clock, patience.Token));
        _waiting--;
        await patience.CancelAsync();
    }

    /// <summary>Waits for something to happen that is found in the session's state, so long.</summary>
    public async Task ChangedAsync(Func<bool> isThere, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = Patience(cancellationToken);
        var timeout = Task.Delay(Turn(atMost), clock, patience.Token);
        _waiting++;
        while (!isThere() && !timeout.IsCompleted)
        {
            _nextEvent ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            await Task.WhenAny(_nextEvent.Task, timeout);
        }

        _waiting--;
        await patience.CancelAsync();
    }

    /// <summary>Gives those who know the end, where there are any, the time to ask for the results.</summary>
    public Task LingerAsync() => AskForResults
        ? Task.Delay(options.Value.Retention < LongestLinger ? options.Value.Retention : LongestLinger, clock)
        : Task.CompletedTask;

    private CancellationTokenSource Patience(CancellationToken cancellationToken) =>
        CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silo.Token);

    private static TimeSpan Turn(TimeSpan atMost) => atMost < LongPoll.LongestTurn ? atMost : LongPoll.LongestTurn;
}
