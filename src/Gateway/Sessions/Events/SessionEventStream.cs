using System.Globalization;
using System.Text.Json;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Streams;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Sessions.Events;

/// <summary>
/// Tells one listener what happens to a session until its end: first where it stands (<c>status</c>), then its events, at last
/// <c>end</c>. Of a session that keeps no events come the statuses in which it is found, instead.
/// </summary>
internal sealed class SessionEventStream(SessionFollower sessions, SessionSnapshot found, long after)
{
    private readonly string _sessionId = found.SessionId;
    private byte[] _told = [];

    public async Task WriteAsync(EventStream stream)
    {
        await TellStandingAsync(stream, found);
        var session = await TellEventsAsync(stream) ? await stream.AskAsync(over => sessions.FindAsync(_sessionId, over)) : await TellStatusesAsync(stream);
        await stream.WriteAsync("end", EventStream.LastId, SessionStanding.From(_sessionId, session), AnswerJson.Context.SessionStanding);
    }

    /// <summary>Tells its events to the last; false where it keeps none.</summary>
    private async Task<bool> TellEventsAsync(EventStream stream)
    {
        for (var (last, isPending) = (after, found.Status is SessionStatus.Pending); ;)
        {
            var page = await stream.AskAsync(over => sessions.NextEventsAsync(_sessionId, last, over));
            if (page is { IsKept: false })
            {
                return false;
            }

            foreach (var one in page?.Events ?? [])
            {
                if (one.Number > last + 1)
                {
                    await stream.WriteAsync("gap", id: null, new() { Missed = one.Number - last - 1 }, AnswerJson.Context.MissedEvents);
                }

                var said = SessionEventResponse.From(one);
                await stream.WriteAsync(said.Type, one.Number.ToString(CultureInfo.InvariantCulture), said, AnswerJson.Context.SessionEventResponse);
                (last, isPending) = (one.Number, one.Kind is SessionEventKind.StatusChanged ? one.Status is SessionStatus.Pending : isPending);
            }

            if (page is null or { IsLast: true })
            {
                return true;
            }

            if (page.Events.IsEmpty && isPending && await stream.AskAsync(over => sessions.FindAsync(_sessionId, over)) is { } waiting)
            {
                // What it waits for changes without an event of its own.
                await TellStandingAsync(stream, waiting);
            }
        }
    }

    /// <summary>Tells each status it is found in; the session at its end, or <see langword="null"/> where it is gone.</summary>
    private async Task<SessionSnapshot?> TellStatusesAsync(EventStream stream)
    {
        SessionSnapshot? session = found;
        while (session is { } known && !known.Status.IsTerminal())
        {
            session = await stream.AskAsync(over => sessions.NextStatusAsync(known, over));
            if (session is not null)
            {
                await TellStandingAsync(stream, session);
            }
        }

        return session;
    }

    /// <summary>Tells where it stands, unless that was told last.</summary>
    private async ValueTask TellStandingAsync(EventStream stream, SessionSnapshot session)
    {
        var standing = SessionStanding.From(_sessionId, session);
        var text = JsonSerializer.SerializeToUtf8Bytes(standing, AnswerJson.Context.SessionStanding);
        if (!text.AsSpan().SequenceEqual(_told))
        {
            _told = text;
            await stream.WriteAsync("status", id: null, standing, AnswerJson.Context.SessionStanding);
        }
    }
}
