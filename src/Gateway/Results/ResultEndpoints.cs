using System.Globalization;
using BlueEdge.Channels;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Channels;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Results;

/// <summary>Single items, as bytes.</summary>
internal static class ResultEndpoints
{
    public static void MapResultItems(this IEndpointRouteBuilder sessions, string name) =>
        sessions.MapGet("/{sessionId}/results/{channel}/{index}", ReadAsync)
            .For(Access.Read)
            .WithName(name)
            .WithSummary("Read one item of a channel's results as bytes")
            .WithDescription("Answers with the item's own media type. A slash in the channel's name is written %2F; index counts from 0. Takes range requests.")
            .Produces(StatusCodes.Status200OK, contentType: MediaTypes.Unknown)
            .ProducesErrors(404, 503);

    private static async Task<IResult> ReadAsync(
        string sessionId, string channel, string index, SessionClient sessions, HttpContext http, CancellationToken cancellationToken)
    {
        channel = WrittenAddress.Part(http, fromEnd: 1) ?? channel;
        if (!SessionIds.IsValid(sessionId)
            || !long.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            || await sessions.ReadResultsAsync(sessionId, [new() { Channel = channel, Offset = offset, Limit = 1 }], cancellationToken) is not [{ Items: [var item, ..] }])
        {
            return new ErrorAnswer(
                StatusCodes.Status404NotFound,
                $"Session '{Shown.Short(sessionId)}' has no item {Shown.Short(index)} in the results of '{Shown.Short(channel)}', or not yet, or no more.");
        }

        return await AnswerAsync(item, http);
    }

    /// <summary>Answers with an item's bytes. They are an engine's, and so a stranger's: no browser shall run them as ours.</summary>
    public static async Task<IResult> AnswerAsync(Payload item, HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = "sandbox";
        return item.Blob is null
            ? TypedResults.Bytes(item.Bytes, CheckedType(item.MediaType), enableRangeProcessing: true)
            : await OpenAsync(item.Blob, item.MediaType, http.RequestServices.GetService<IBlobStore>(), http.RequestAborted);
    }

    /// <summary>Answers with a blob's content.</summary>
    public static async Task<IResult> OpenAsync(
        BlobReference blob, string mediaType, IBlobStore? blobs, CancellationToken cancellationToken)
    {
        if (blobs is null)
        {
            return new ErrorAnswer(
                StatusCodes.Status501NotImplemented, "This gateway has no blob store, and so cannot read large items: configure the one that the silos use.");
        }

        try
        {
            return TypedResults.Stream(await blobs.OpenForCallerAsync(blob, cancellationToken), CheckedType(mediaType), enableRangeProcessing: true);
        }
        catch (BlueEdgeException gone) when (gone is not UnavailableException)
        {
            return new ErrorAnswer(StatusCodes.Status404NotFound, gone.Message);
        }
    }

    private static string CheckedType(string mediaType) => MediaTypes.IsValid(mediaType) ? mediaType : MediaTypes.Unknown;
}
