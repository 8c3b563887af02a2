using System.Globalization;
using BlueEdge.Gateway.Auditing;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Callers;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Quotas;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sockets;

/// <summary>Where clients write to and listen to the channels of a session by one connection.</summary>
internal static class SocketEndpoint
{
    /// <summary>What both sides speak.</summary>
    public const string Protocol = "blueedge.v1";

    private const string Route = "/sessions/{sessionId}/socket";

    /// <summary>Proxies take a connection for dead after half a minute or more.</summary>
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    public static void MapSockets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Route, OpenAsync)
            .For(Access.Submit)
            .WithName("openSocket")
            .WithTags("Channels")
            .WithSummary("Write to and listen to channels by a socket")
            .WithDescription(SocketDocs.Open)
            .WithQuery(SocketDocs.Parameters)
            .Produces(StatusCodes.Status101SwitchingProtocols)
            .ProducesErrors(400, 403, 404, 426, 503);

        // What HTTP/2 opens sockets with; the document has no place for it.
        routes.MapMethods(Route, [HttpMethods.Connect], OpenAsync).For(Access.Submit).ExcludeFromDescription();
    }

    private static async Task<IResult> OpenAsync(string sessionId, HttpContext http, SocketTools tools, ILogger<SocketSession> logger)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.Upgrade = "websocket";
            return new ErrorAnswer(StatusCodes.Status426UpgradeRequired, $"This is for sockets: open it as a WebSocket with the subprotocol {Protocol}. Without one, items are sent by POST and channels heard as {Http.Streams.StreamMedia.Type}.");
        }

        if (!http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol, StringComparer.Ordinal))
        {
            return new ErrorAnswer(StatusCodes.Status400BadRequest, $"The socket has to offer the subprotocol {Protocol} (Sec-WebSocket-Protocol).");
        }

        var query = new QueryReader(http.Request.Query);
        var after = query.Integer("after", 0, long.MaxValue) ?? 0;
        if (query.Errors is not [])
        {
            return ErrorAnswer.Invalid(query.Errors);
        }

        if (!SessionIds.IsValid(sessionId) || await tools.Sessions.FindAsync(sessionId, http.RequestAborted) is not { } session)
        {
            return ErrorAnswer.UnknownSession(sessionId);
        }

        if (!tools.TryEnter())
        {
            throw new BusyException(string.Create(
                CultureInfo.InvariantCulture, $"{tools.Options.MaxSockets} sockets are open, which is all that may be: come back soon, or to another gateway. BlueEdge:Sockets:MaxSockets allows more."));
        }

        TenantQuota? quota = null;
        try
        {
            if (tools.Quotas.OfCaller is { } own)
            {
                await own.BeginLiveAsync();
                quota = own;
            }

            AuditedCall.Tell(http, sessionId, StatusCodes.Status101SwitchingProtocols);
            using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = Protocol, KeepAliveInterval = Ping, KeepAliveTimeout = Ping });
            var root = $"{http.Request.PathBase}{ApiRoutes.Prefix}";
            var life = http.Features.Get<RequestLife>();
            await new SocketSession(socket, session, after, root, tools, logger).RunAsync(
                life?.ConnectionEnded ?? http.RequestAborted,
                http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping,
                life?.KeyEnded ?? CancellationToken.None);
            return TypedResults.Empty;
        }
        finally
        {
            quota?.EndLive();
            tools.Leave();
        }
    }
}
