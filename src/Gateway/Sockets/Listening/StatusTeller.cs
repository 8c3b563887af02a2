using System.Text.Json;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Gateway.Sessions.Events;
using BlueEdge.Gateway.Sockets.Messages;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Sockets.Listening;

/// <summary>
/// Tells a client what happens to the session until its end, as the stream of its events does: where it stands, its events where it keeps them or else
/// each status in which it is found, and how it ended.
/// </summary>
/// <param name="found">The session as it was when the socket was opened.</param>
/// <param name="after">The number of the last event that the client has.</param>
/// <param name="tools">Reads on.</param>
/// <param name="outbox">Where it goes.</param>
/// <param name="over">Fires when the socket ends.</param>
internal sealed class StatusTeller(SessionSnapshot found, long after, SocketTools tools, Outbox outbox, CancellationToken over)
{
    private readonly string _sessionId = found.SessionId;
    private byte[] _told = [];

    /// <summary>Tells all of it; what it answers with is what is known of the ended session.</summary>
    public async Task<SessionSnapshot?> RunAsync()
    {
        await TellStandingAsync(found);
        var ended = await TellEventsAsync() ? await FindAsync() : await TellStatusesAsync();
        await TellStandingAsync(ended);
        return ended;
    }

    /// <summary>Tells its events to the last; false where it keeps none.</summary>
    private async Task<bool> TellEventsAsync()
    {
        for (var (last, isPending) = (after, found.Status is SessionStatus.Pending); ;)
        {
            var page = await tools.AskAsync(() => tools.Follower.NextEventsAsync(_sessionId, last, over), over);
            if (page is { IsKept: false })
            {
                return false;
            }

            foreach (var one in page?.Events ?? [])
            {
                if (one.Number > last + 1)
                {
                    await outbox.SendAsync(new ServerMessage { Type = "gap", Missed = one.Number - last - 1 });
                }

                await outbox.SendAsync(new ServerMessage { Type = "status", Event = SessionEventResponse.From(one) });
                (last, isPending) = (one.Number, one.Kind is SessionEventKind.StatusChanged ? one.Status is SessionStatus.Pending : isPending);
            }

            if (page is null or { IsLast: true })
            {
                return true;
            }

            if (page.Events.IsEmpty && isPending)
            {
                // What it waits for changes without an event of its own.
                await TellStandingAsync(await FindAsync());
            }
        }
    }

    /// <summary>Tells each status it is found in; the session at its end, or <see langword="null"/> where it is gone.</summary>
    private async Task<SessionSnapshot?> TellStatusesAsync()
    {
        SessionSnapshot? session = found;
        while (session is { } known && !known.Status.IsTerminal())
        {
            session = await tools.AskAsync(() => tools.Follower.NextStatusAsync(known, over), over);
            await TellStandingAsync(session);
        }

        return session;
    }

    private Task<SessionSnapshot?> FindAsync() => tools.AskAsync(() => tools.Follower.FindAsync(_sessionId, over), over);

    /// <summary>Tells where it stands, unless that was told last.</summary>
    private async ValueTask TellStandingAsync(SessionSnapshot? session)
    {
        var process = session is null ? null : ProcessResponse.From(session);
        var text = JsonSerializer.SerializeToUtf8Bytes(process, AnswerJson.Context.ProcessResponse);
        if (!text.AsSpan().SequenceEqual(_told))
        {
            _told = text;
            await outbox.SendAsync(new ServerMessage { Type = "status", SessionId = _sessionId, Process = process });
        }
    }
}
