using System.Text.Json;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Sessions;

/// <summary>Waits for a session's end, and tells of each step toward it.</summary>
internal sealed class SessionWait(ToolCall call, string sessionId)
{
    /// <summary>After so long the server says where the session stands.</summary>
    private const int TurnSeconds = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Called with each state that looks otherwise than the one before.</summary>
    public Action<SessionInfo, JsonElement>? Changed { get; init; }

    /// <summary>Stops the session where Ctrl-C ends the wait.</summary>
    public bool StopsOnInterrupt { get; init; }

    /// <summary>The session as it ended.</summary>
    /// <exception cref="ToolException">The wait ended before.</exception>
    public async Task<EndedSession> ForEndAsync()
    {
        try
        {
            return await AskAsync();
        }
        catch (OperationCanceledException) when (call.Token.IsCancellationRequested)
        {
            throw await GiveUpAsync();
        }
    }

    private async Task<EndedSession> AskAsync()
    {
        string? told = null;
        for (var seconds = 0; ; seconds = TurnSeconds)
        {
            var asked = TimeProvider.System.GetTimestamp();
            var data = await call.Api.ReadAsync(sessionId, seconds, call.Token);
            var session = data.Deserialize(ApiJson.Default.SessionInfo) ?? new();
            if (Progress.Describe(session) is var state && !string.Equals(state, told, StringComparison.Ordinal))
            {
                told = state;
                Changed?.Invoke(session, data);
            }

            if (session.Process.IsOver)
            {
                return new(session, data);
            }

            if (seconds > 0 && TimeProvider.System.GetElapsedTime(asked) < Pause)
            {
                // Too many wait there already.
                await Task.Delay(Pause, TimeProvider.System, call.Token);
            }
        }
    }

    private async Task<ToolException> GiveUpAsync()
    {
        if (!call.IsInterrupted || !StopsOnInterrupt)
        {
            return call.Ended($"Session {sessionId} goes on: 'blueedge watch {sessionId}' waits for it, 'blueedge stop {sessionId}' stops it.");
        }

        using var patience = new CancellationTokenSource(StopCommand.Patience);
        try
        {
            var stopped = await call.Api.StopAsync(sessionId, (int)StopCommand.Patience.TotalSeconds, patience.Token);
            return call.Ended($"Session {sessionId} is {stopped.GetProperty("process").GetProperty("status").GetString()}.");
        }
        catch (OperationCanceledException)
        {
            return call.Ended($"Session {sessionId} was told to stop, and nobody answered: 'blueedge get {sessionId}' says where it stands.");
        }
    }
}
