using System.Buffers;
using BlueEdge.Blobs;
using BlueEdge.Callers;
using BlueEdge.Channels;
using BlueEdge.Gateway.Auditing;
using BlueEdge.Gateway.Channels;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Quotas;
using BlueEdge.Gateway.Results;
using BlueEdge.Validation;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BlueEdge.Gateway.Blobs;

/// <summary>Takes content to the blob store as it comes, and gives it back. However long it is, a buffer of it is in memory.</summary>
internal sealed class Uploads(
    IOptions<SessionLimits> limits, IOptions<UploadOptions> options, GatewayQuotas quotas, UploadTenants tenants, TimeProvider time, IBlobStore? blobs = null)
{
    private const int SniffedBytes = 12;

    public async Task<IResult> TakeAsync(HttpContext http)
    {
        if (blobs is null)
        {
            return NoStore;
        }

        var most = limits.Value.BlobBytes;
        if (http.Request.ContentLength > most)
        {
            return TooLarge(most);
        }

        if (blobs.FindLack(http.Request.ContentLength ?? 0) is { } lack)
        {
            return NoRoom(lack);
        }

        if (http.Request.Headers.ContentEncoding is not ([] or ["identity"]))
        {
            return new ErrorAnswer(StatusCodes.Status415UnsupportedMediaType, "The body has to be the content itself, without a Content-Encoding.");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } serverLimit)
        {
            // The server's own is meant for bodies that are held in memory.
            serverLimit.MaxRequestBodySize = null;
        }

        if (await MediaTypeAsync(http.Request, http.RequestAborted) is not { } mediaType)
        {
            var message = $"'{Shown.Short(http.Request.ContentType ?? "")}' is no media type of at most {BlobId.MediaTypeLength} characters.";
            return ErrorAnswer.Invalid([new() { Pointer = HeaderNames.ContentType, Code = FaultCodes.Malformed, Message = message }]);
        }

        if (quotas.OfCaller is not { } quota)
        {
            return (await StoreAsync(http, blobs, mediaType, most)).Answer;
        }

        return await StoreWithinAsync(http, blobs, mediaType, most, quota);
    }

    public async Task<IResult> ReadAsync(string id, HttpContext http)
    {
        if (Find(id) is not { } blob)
        {
            return Unknown(id);
        }

        // A stranger's bytes: no browser shall run them as ours.
        http.Response.Headers.ContentSecurityPolicy = "sandbox";
        return await ResultEndpoints.OpenAsync(blob.UploadOf(Caller.Current.NamedTenant), blob.MediaType, blobs, http.RequestAborted) switch
        {
            // The store's words are about sessions.
            ErrorAnswer { StatusCode: StatusCodes.Status404NotFound } => Unknown(id),
            var answer => answer,
        };
    }

    public async Task<IResult> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        if (blobs is null)
        {
            return NoStore;
        }

        if (Find(id) is not { } blob)
        {
            return Unknown(id);
        }

        var (upload, quota) = (blob.UploadOf(Caller.Current.NamedTenant), quotas.OfCaller);
        var bytes = quota is null ? 0 : await LengthAsync(blobs, upload, cancellationToken);
        if (!await TryAsync(() => blobs.DeleteAsync(upload, cancellationToken), cancellationToken))
        {
            return Unknown(id);
        }

        await (quota?.NoteDeletedAsync(blob.StoredAt, bytes) ?? Task.CompletedTask);
        return TypedResults.Json(new BlobDeletedResponse(), AnswerJson.Context.BlobDeletedResponse);
    }

    private static ErrorAnswer NoStore => new(
        StatusCodes.Status501NotImplemented, "This gateway has no blob store: configure the one that the silos use.");

    private static ErrorAnswer TooLarge(long most) => new(
        StatusCodes.Status413PayloadTooLarge, $"The content has more than {most} bytes, which are allowed (BlueEdge:Limits:BlobBytes).");

    private static ErrorAnswer NoRoom(string why) => new(StatusCodes.Status507InsufficientStorage, $"There is no room for the content. {why}");

    private static ErrorAnswer Unknown(string id) => new(StatusCodes.Status404NotFound, $"There is no blob '{Shown.Short(id)}', or none any more.");

    /// <summary>What the caller says it is, or else what it looks like; <see langword="null"/> where the caller says no media type.</summary>
    private static async ValueTask<string?> MediaTypeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(request.ContentType))
        {
            return BlobId.IsFit(request.ContentType) && MediaTypeHeaderValue.TryParse(request.ContentType, out _) ? request.ContentType : null;
        }

        var head = await request.BodyReader.ReadAtLeastAsync(SniffedBytes, cancellationToken);
        var guess = MediaTypeSniffer.Guess(head.Buffer.Slice(0, Math.Min(head.Buffer.Length, SniffedBytes)).ToArray());
        request.BodyReader.AdvanceTo(head.Buffer.Start);
        return guess ?? MediaTypes.Unknown;
    }

    private static async Task<T> TryAsync<T>(Func<Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            return await use();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is not (BadHttpRequestException or UploadTooLargeException)
            && (exception is IOException or UnauthorizedAccessException or BlueEdgeException || Unavailability.Explains(exception)))
        {
            throw new UnavailableException($"The store of large items does not work now: {exception.Message}", exception);
        }
    }

    /// <summary>How long an upload is; 0 where it is none, or is gone.</summary>
    private static async Task<long> LengthAsync(IBlobStore store, BlobReference upload, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await TryAsync(() => store.OpenAsync(upload, cancellationToken), cancellationToken);
            return content.Length;
        }
        catch (UnavailableException)
        {
            return 0;
        }
    }

    private BlobId? Find(string id) =>
        BlobId.TryParse(id) is { } blob && !blob.IsExpired(options.Value.UploadRetention, time.GetUtcNow()) ? blob : null;

    /// <summary>Stores as much as the tenant may have yet, and tells how much it is.</summary>
    private async Task<IResult> StoreWithinAsync(HttpContext http, IBlobStore store, string mediaType, long most, TenantQuota quota)
    {
        var claimed = http.Request.ContentLength ?? 0;
        var room = await quota.BeginUploadAsync(claimed);
        (IResult Answer, BlobId? Upload, long Bytes) stored = (TooLarge(most), null, 0);
        try
        {
            await quota.TakePayloadAsync(claimed);
            stored = await StoreAsync(http, store, mediaType, Math.Min(most, room));
        }
        finally
        {
            await quota.EndUploadAsync(claimed, stored.Upload?.StoredAt ?? default, stored.Bytes);
        }

        if (stored.Upload is null && stored.Answer is ErrorAnswer { StatusCode: StatusCodes.Status413PayloadTooLarge } && room < most)
        {
            throw quota.Refuse(QuotaKind.BlobBytes, TimeSpan.FromMinutes(1));
        }

        if (claimed == 0 && stored.Bytes > 0)
        {
            // Nobody said before how long it is: it is stored, and the next one is refused.
            await quota.NotePayloadAsync(stored.Bytes);
        }

        return stored.Answer;
    }

    private async Task<(IResult Answer, BlobId? Upload, long Bytes)> StoreAsync(HttpContext http, IBlobStore store, string mediaType, long most)
    {
        try
        {
            var tenant = Caller.Current.NamedTenant;
            await tenants.NoteAsync(tenant);
            await using var content = new BoundedStream(http.Request.BodyReader.AsStream(leaveOpen: true), most);
            var (upload, length) = await TryAsync(
                () => store.WriteAsync(BlobId.OwnerAt(time.GetUtcNow(), tenant), content, http.RequestAborted), http.RequestAborted);
            if (length == 0)
            {
                await store.DeleteAsync(upload, CancellationToken.None);
                return (ErrorAnswer.Invalid([new() { Pointer = "", Code = FaultCodes.Required, Message = "The body is empty, and no payload is." }]), null, 0);
            }

            var id = BlobId.Of(upload, mediaType);
            http.Response.Headers.Location = $"{http.Request.PathBase}{ApiRoutes.Prefix}/{ApiRoutes.Blobs}/{id}";
            var blob = new BlobData { Blob = id.ToString(), Size = length, MediaType = mediaType, ExpiresAt = id.UploadedAt + options.Value.UploadRetention };
            AuditedCall.Tell(http, blob.Blob, StatusCodes.Status201Created);
            return (TypedResults.Json(new BlobResponse { Data = blob }, AnswerJson.Context.BlobResponse, statusCode: StatusCodes.Status201Created), id, length);
        }
        catch (UploadTooLargeException)
        {
            return (TooLarge(most), null, 0);
        }
        catch (UnavailableException exception) when (DiskFull.Explains(exception.InnerException))
        {
            return (NoRoom(exception.InnerException is NoRoomException lack ? lack.Message : "The disk of the blob store is full. Free some, or send less."), null, 0);
        }
    }
}
