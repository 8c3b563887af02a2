using BlueEdge.Gateway.Auditing;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;

namespace BlueEdge.Gateway.Blobs;

/// <summary>Content that is too large for a body of JSON: uploaded first, and named in payloads.</summary>
internal static class BlobEndpoints
{
    public static void MapBlobs(this IEndpointRouteBuilder routes)
    {
        var blobs = routes.MapGroup($"/{ApiRoutes.Blobs}").WithTags("Blobs").WithMetadata(new SecretIdsAttribute());
        blobs.MapPost("/", static (HttpContext http, Uploads uploads) => uploads.TakeAsync(http))
            .For(Access.Submit)
            .WithName("uploadBlob")
            .WithSummary("Upload content for payloads")
            .WithDescription("The body is the content itself, of any media type and up to 1 GB unless configured. Answers with the id that payloads name as `{\"blob\": \"…\"}`.")
            .WithContent()
            .Produces<BlobResponse>(StatusCodes.Status201Created)
            .ProducesErrors(400, 413, 415, 501, 503, 507);
        blobs.MapGet("/{id}", static (string id, HttpContext http, Uploads uploads) => uploads.ReadAsync(id, http))
            .For(Access.Read)
            .WithName("getBlob")
            .WithSummary("Read uploaded content")
            .WithDescription("Answers with the content's own media type, until it expires. Takes range requests.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .ProducesErrors(404, 501, 503);
        blobs.MapDelete("/{id}", static (string id, HttpContext http, Uploads uploads) => uploads.DeleteAsync(id, http.RequestAborted))
            .For(Access.Submit)
            .WithName("deleteBlob")
            .WithSummary("Delete an upload")
            .WithDescription("Sessions that use it keep their share of it.")
            .Produces<BlobDeletedResponse>()
            .ProducesErrors(404, 501, 503);
    }
}
