using System.Collections.Immutable;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Results;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Answers about sessions that are there, and stops them.</summary>
internal sealed class SessionQueries(SessionClient sessions, ResultReader results, IOptions<GatewayOptions> options)
{
    // A message that names more is read by nobody.
    private const int NamedChannels = 20;

    public async Task<IResult> ReadAsync(string sessionId, HttpContext http, string route)
    {
        var query = new QueryReader(http.Request.Query);
        var wait = query.Seconds("waitTimeSecond") ?? TimeSpan.Zero;
        var page = PageRequest.Read(http.Request.Query, query);
        if (query.Errors is not [])
        {
            return ErrorAnswer.Invalid(query.Errors);
        }

        return !SessionIds.IsValid(sessionId) || await sessions.FindAsync(sessionId, http.RequestAborted) is not { } session
            ? ErrorAnswer.UnknownSession(sessionId)
            : await AnswerAsync(session, wait, page, route, http);
    }

    public async Task<IResult> StopAsync(string sessionId, HttpContext http, string route)
    {
        var query = new QueryReader(http.Request.Query);
        var wait = query.Seconds("waitTimeSecond") ?? options.Value.StopWait;
        if (query.Errors is not [])
        {
            return ErrorAnswer.Invalid(query.Errors);
        }

        return !SessionIds.IsValid(sessionId) || await sessions.StopAsync(sessionId) is not { } session
            ? ErrorAnswer.UnknownSession(sessionId)
            : await AnswerAsync(session, wait, PageRequest.Everything, route, http);
    }

    /// <summary>The channels that a session keeps, in words.</summary>
    public static string Kept(ImmutableArray<string> channels) =>
        string.Join(", ", channels.Take(NamedChannels)) + (channels.Length > NamedChannels ? $" and {channels.Length - NamedChannels} more" : "");

    private async Task<IResult> AnswerAsync(
        SessionSnapshot session, TimeSpan wait, PageRequest page, string route, HttpContext http)
    {
        if (page.Channels.Except(session.InterestedChannels, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            var message = $"Session '{session.SessionId}' keeps no results of a channel '{Shown.Short(unknown)}'; it keeps those of: {Kept(session.InterestedChannels)}.";
            return new ErrorAnswer(
                StatusCodes.Status404NotFound, message, [new() { Pointer = "?channel", Code = FaultCodes.UnknownChannel, Message = message }]);
        }

        return await sessions.WaitForEndAsync(session, wait, http.RequestAborted) is { } reached
            && await results.ReadAsync(reached, page, http) is { } read
            ? new SessionAnswer(reached, read, route, page.IsPaged, page.ShowsEnvelopes)
            : ErrorAnswer.UnknownSession(session.SessionId);
    }
}
