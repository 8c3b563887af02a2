using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Sessions;

/// <summary>The work of a session's activation: each piece is begun once an attempt, and tried until it is done or no longer due.</summary>
internal sealed partial class SessionWorks(ActiveSession session, TimeProvider clock, ILogger logger)
{
    private readonly Dictionary<(string Name, int Epoch), SessionWork> _works = [];

    /// <summary>Begins a piece of work that is due while the session stays in that status and attempt, unless it was begun.</summary>
    public void BeginWhile(SessionState state, string name, Func<SessionState, Task> work) =>
        Begin(state, name, work, () => session.State.Status == state.Status && session.State.Epoch == state.Epoch);

    /// <summary>Begins a piece of work of that attempt, unless it was begun.</summary>
    public void Begin(SessionState state, string name, Func<SessionState, Task> work, Func<bool> isDue)
    {
        if (!_works.ContainsKey((name, state.Epoch)))
        {
            _works.Add((name, state.Epoch), Begin(state.Epoch, name, () => work(state), isDue));
        }
    }

    /// <summary>Does a piece of work that may be done more than once; never fails.</summary>
    /// <param name="epoch">The attempt that it belongs to.</param>
    /// <param name="name">What it does, as the log says it.</param>
    /// <param name="work">Does it.</param>
    /// <param name="isDue">Whether it is still to be done.</param>
    public Task DoAsync(int epoch, string name, Func<Task> work, Func<bool> isDue) => Begin(epoch, name, work, isDue).Done;

    /// <summary>The present try of a piece of work, which may fail; done where there is no such piece.</summary>
    public Task TryOf(string name, int epoch) => _works.TryGetValue((name, epoch), out var work) ? work.Try : Task.CompletedTask;

    /// <summary>Ends with all pieces of work whose names begin so; never fails.</summary>
    public Task DoneAsync(string prefix) => Task.WhenAll(_works
        .Where(work => work.Key.Name.StartsWith(prefix, StringComparison.Ordinal))
        .Select(work => work.Value.Done));

    private SessionWork Begin(int epoch, string name, Func<Task> work, Func<bool> isDue)
    {
        using var trace = SessionTraces.Within(session.State.Trace);
        return new SessionWork(work, isDue, clock, (error, tries) => LogFailure(error, tries, epoch, name), session.Deactivated).Begin();
    }

    /// <summary>What goes on for long is told once with its stack: there may be many sessions, and one cause.</summary>
    private void LogFailure(Exception error, int tries, int epoch, string work)
    {
        if (tries == 1)
        {
            LogWorkFailed(error, session.Id, epoch, work);
        }
        else
        {
            LogWorkFailedAgain(session.Id, epoch, work, tries, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Session {SessionId} (attempt {Epoch}) could not {Work}; it is tried again")]
    private partial void LogWorkFailed(Exception error, string sessionId, int epoch, string work);

    [LoggerMessage(LogLevel.Debug, "Session {SessionId} (attempt {Epoch}) could not {Work}, try {Tries}: {Said}")]
    private partial void LogWorkFailedAgain(string sessionId, int epoch, string work, int tries, string said);
}
