using System.Collections.Immutable;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Http.Streams;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Channels.Listening;

/// <summary>What is written to a channel, as it is written.</summary>
internal static class ChannelEventsEndpoint
{
    public static void MapChannelEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sessions/{sessionId}/channels/{channel}/events", ListenAsync)
            .WithName("listenToChannel")
            .WithTags("Sessions")
            .WithSummary("Listen to a channel")
            .WithDescription(ChannelDocs.Listen)
            .WithQuery(ChannelDocs.ListenParameters)
            .WithEventStream(ChannelDocs.Events)
            .ProducesErrors(400, 404, 406, 503);

    private static async Task<IResult> ListenAsync(string sessionId, string channel, HttpContext http, SessionFollower sessions, CallBudgets budgets)
    {
        if (!StreamMedia.IsTaken(http.Request))
        {
            return new ErrorAnswer(StatusCodes.Status406NotAcceptable, $"A channel is told as {StreamMedia.Type}: accept that, or read its results from /api/v1/{ApiRoutes.Workflow}/{{sessionId}}.");
        }

        if (LastEventId.IsEnd(http.Request))
        {
            return TypedResults.NoContent();
        }

        var (from, fault) = CursorOf(http.Request);
        if (fault is not null)
        {
            return ErrorAnswer.Invalid([fault]);
        }

        channel = WrittenAddress.Part(http, fromEnd: 1) ?? channel;
        if (!SessionIds.IsValid(sessionId) || await sessions.FindAsync(sessionId, http.RequestAborted) is not { } session)
        {
            return ErrorAnswer.UnknownSession(sessionId);
        }

        var address = $"{http.Request.PathBase}{ApiRoutes.Prefix}/{ApiRoutes.Workflow}/{sessionId}";
        return session.InterestedChannels.Contains(channel, StringComparer.Ordinal)
            ? new EventStreamAnswer(stream => new ChannelEventStream(sessions, budgets.Answers, sessionId, channel, from, address).WriteAsync(stream))
            : Unheard(sessionId, channel, session.InterestedChannels);
    }

    private static ErrorAnswer Unheard(string sessionId, string channel, ImmutableArray<string> channels)
    {
        var message = $"Session '{sessionId}' has no channel '{Shown.Short(channel)}' that can be listened to: submit it with \"interested\": true. It keeps {(channels.IsEmpty ? "none" : $"those of: {SessionQueries.Kept(channels)}")}.";
        return new(StatusCodes.Status404NotFound, message, [new() { Pointer = "/channel", Code = FaultCodes.UnknownChannel, Message = message }]);
    }

    /// <summary>Where to begin: behind what the caller had last, wherever it says so.</summary>
    private static (ChannelCursor From, ErrorItem? Fault) CursorOf(HttpRequest request)
    {
        var query = new QueryReader(request.Query);
        var after = query.Text("after", text => ChannelCursor.TryParse(text) is not null, $"is no place in a channel: {ChannelCursor.Form}");
        if (query.Errors is [var malformed, ..])
        {
            return (default, malformed);
        }

        if ((LastEventId.Of(request) ?? after) is not { } id)
        {
            return (default, null);
        }

        return ChannelCursor.TryParse(id) is { } cursor ? (cursor, null) : (default, LastEventId.Malformed(id, ChannelCursor.Form));
    }
}
