using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;

namespace BlueEdge.Gateway.Channels.Inputs;

/// <summary>Where clients write to a channel of a session that runs.</summary>
internal static class ChannelInputEndpoints
{
    public static void MapChannelInputs(this IEndpointRouteBuilder routes)
    {
        var channels = routes.MapGroup("/sessions/{sessionId}/channels/{channel}").WithTags("Channels");
        channels.MapPost("/items", static (string sessionId, string channel, HttpContext http, ChannelWrites writes) =>
                writes.WriteAsync(new(sessionId, WrittenAddress.Part(http, fromEnd: 1) ?? channel), http))
            .For(Access.Submit)
            .WithName("writeItems")
            .WithSummary("Write to a channel of a session that runs")
            .WithDescription(InputDocs.Write)
            .WithContent()
            .WithQuery(InputDocs.WriteParameters)
            .Produces<InputResponse>()
            .ProducesErrors(400, 403, 404, 408, 409, 410, 413, 415, 429, 503);
        channels.MapPost("/end", static (string sessionId, string channel, HttpContext http, ChannelWrites writes) =>
                writes.EndAsync(new(sessionId, WrittenAddress.Part(http, fromEnd: 1) ?? channel), http))
            .For(Access.Submit)
            .WithName("endChannel")
            .WithSummary("End a channel that clients write")
            .WithDescription(InputDocs.End)
            .WithQuery(InputDocs.EndParameters)
            .Produces<InputResponse>()
            .ProducesErrors(400, 403, 404, 410, 503);
    }
}
