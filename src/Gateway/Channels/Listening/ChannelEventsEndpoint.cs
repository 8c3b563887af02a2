using BlueEdge.Channels.Inputs;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Http.Streams;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Results;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Channels.Listening;

/// <summary>What is written to a channel, as it is written.</summary>
internal static class ChannelEventsEndpoint
{
    public static void MapChannelEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sessions/{sessionId}/channels/{channel}/events", ListenAsync)
            .For(Access.Read)
            .WithName("listenToChannel")
            .WithTags("Sessions")
            .WithSummary("Listen to a channel")
            .WithDescription(ChannelDocs.Listen)
            .WithQuery(ChannelDocs.ListenParameters)
            .WithEventStream(ChannelDocs.Events)
            .ProducesErrors(400, 404, 406, 503);
        routes.MapGet("/sessions/{sessionId}/channels/{channel}/items/{item}", ReadAsync)
            .For(Access.Read)
            .WithName("getChannelItem")
            .WithTags("Channels")
            .WithSummary("Read one item of a channel that is not kept as bytes")
            .WithDescription(ChannelDocs.Item)
            .Produces(StatusCodes.Status200OK, contentType: MediaTypes.Unknown)
            .ProducesErrors(404, 503);
    }

    private static async Task<IResult> ReadAsync(string sessionId, string channel, string item, HttpContext http, SessionClient sessions)
    {
        channel = WrittenAddress.Part(http, fromEnd: 2) ?? channel;
        return SessionIds.IsValid(sessionId)
            && ChannelCursor.TryParse(item) is { } behind
            && await sessions.ReadTapAsync(new(sessionId, channel), behind.Epoch, behind.Next - 1, http.RequestAborted) is { } found
                ? await ResultEndpoints.AnswerAsync(found, http)
                : new ErrorAnswer(
                    StatusCodes.Status404NotFound,
                    $"Session '{Shown.Short(sessionId)}' has no item {Shown.Short(item)} of channel '{Shown.Short(channel)}' for those who listen, or no more: read it as soon as it is told of, or submit the channel with \"interested\": true.");
    }

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

        var (root, key, isKept) = ($"{http.Request.PathBase}{ApiRoutes.Prefix}", new ChannelKey(sessionId, channel), session.InterestedChannels.Contains(channel, StringComparer.Ordinal));
        return isKept || await sessions.CanListenAsync(key, http.RequestAborted)
            ? new EventStreamAnswer(stream => new ChannelEventStream(new(sessions, key, isKept), sessions, budgets.Answers, from, root).WriteAsync(stream))
            : Unheard(key);
    }

    private static ErrorAnswer Unheard(ChannelKey key)
    {
        var message = $"Session '{key.SessionId}' has no channel '{Shown.Short(key.Channel)}' that can be listened to: any can be that engines or clients write, or start data feed.";
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
