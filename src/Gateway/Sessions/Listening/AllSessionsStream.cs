using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Streams;
using BlueEdge.Gateway.Sessions.Events;

namespace BlueEdge.Gateway.Sessions.Listening;

/// <summary>Tells one listener what happens to all sessions of its tenant: first <c>listening</c>, then their events as they come, and what was dropped as <c>gap</c>.</summary>
internal sealed class AllSessionsStream(SessionFeed feed, SessionFilter filter)
{
    public async Task WriteAsync(EventStream stream)
    {
        var listener = new SessionListener(filter);
        try
        {
            await AskAsync(stream, feed.JoinAsync(listener).WaitAsync);
            await stream.WriteAsync("listening", id: null, new(), AnswerJson.Context.MissedEvents);
            while (true)
            {
                await AskAsync(stream, listener.WaitAsync);
                while (listener.TryTake() is { } turn)
                {
                    await TellAsync(stream, turn);
                }
            }
        }
        finally
        {
            feed.Leave(listener);
        }
    }

    private static async Task TellAsync(EventStream stream, ListenerTurn turn)
    {
        if (turn.Gap is not null)
        {
            await stream.WriteAsync("gap", id: null, turn.Gap, AnswerJson.Context.MissedEvents);
        }

        foreach (var one in turn.Events)
        {
            var said = SessionEventResponse.From(one) with { SessionId = turn.SessionId };
            await stream.WriteAsync(said.Type, id: null, said, AnswerJson.Context.SessionEventResponse);
        }
    }

    private static Task<bool> AskAsync(EventStream stream, Func<CancellationToken, Task> wait) => stream.AskAsync(async over =>
    {
        await wait(over);
        return true;
    });
}
