using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Channels;

/// <summary>
/// What callers send, as start data and to channels that they write. It may refer to uploads, as payloads or inside JSON: the session
/// gets a share of each, so that they live as long as it does.
/// </summary>
internal sealed class SentPayloads(IBlobStore blobs, ClaimCheck claimCheck, IOptions<UploadOptions> options, TimeProvider clock)
{
    /// <summary>References that what is sent at once may have: each is looked up before it is accepted.</summary>
    private const int Most = 1_000;

    /// <summary>What is no id, or refers to nothing.</summary>
    /// <param name="payloads">What was sent.</param>
    /// <param name="tenant">Who sent it: only what is the tenant's is found.</param>
    /// <param name="place">The JSON pointer of a payload, by its number.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public async Task<FaultList> FindFaultsAsync(ImmutableArray<Payload> payloads, string? tenant, Func<int, string> place, CancellationToken cancellationToken)
    {
        var faults = new FaultCollector();
        var count = 0;
        foreach (var (number, payload) in payloads.Index())
        {
            count += payload.Blob is null ? FindIds(payload).Count : 1;
            if (count > Most)
            {
                faults.Add(place(number), FaultCodes.TooLarge, $"The session refers to more than the {Most} blobs that are allowed.");
                break;
            }

            foreach (var text in payload.Blob is null ? FindIds(payload) : [])
            {
                if (BlobId.TryParse(text) is not { } id)
                {
                    faults.Add(place(number), FaultCodes.Malformed, $"{FaultText.Quote(text)} is no id of a blob: POST /api/v1/blobs gives one.");
                }
                else if (!await ExistsAsync(id.UploadOf(tenant), cancellationToken))
                {
                    faults.Add(place(number), FaultCodes.UnknownBlob, $"{Gone(text)}");
                }
            }

            if (payload.Blob is { } blob && !await ExistsAsync(blob, cancellationToken))
            {
                var id = BlobId.IsUpload(blob) ? BlobId.Of(blob, payload.MediaType).ToString() : $"{blob.SessionId}/{blob.Name}";
                faults.Add(place(number), FaultCodes.UnknownBlob, $"{Gone(id)}");
            }
        }

        return faults.ToList();
    }

    /// <summary>
    /// Has the session hold all of it: what refers to an upload lies in its own share, what is large in the blob store; what JSON refers to
    /// is shared and the JSON left as it is. The same array where nothing is to be done.
    /// </summary>
    public async Task<ImmutableArray<Payload>> StoreAsync(string sessionId, string? tenant, ImmutableArray<Payload> payloads, CancellationToken cancellationToken)
    {
        if (!payloads.Any(payload => payload.Blob is not null || claimCheck.IsLarge(payload) || FindIds(payload).Count > 0))
        {
            return payloads;
        }

        var stored = ImmutableArray.CreateBuilder<Payload>(payloads.Length);
        foreach (var payload in payloads)
        {
            stored.Add(await claimCheck.ApplyAsync(sessionId, await ShareAsync(sessionId, tenant, payload, cancellationToken), cancellationToken));
        }

        return stored.MoveToImmutable();
    }

    private async Task<Payload> ShareAsync(string sessionId, string? tenant, Payload payload, CancellationToken cancellationToken)
    {
        if (payload.Blob is { } blob)
        {
            if (string.Equals(blob.SessionId, sessionId, StringComparison.Ordinal))
            {
                return payload;
            }

            var (share, length) = await blobs.ShareAsync(blob, sessionId, cancellationToken);
            return payload with { Blob = share, Length = length };
        }

        foreach (var text in FindIds(payload))
        {
            await blobs.ShareAsync(BlobId.TryParse(text)!.UploadOf(tenant), sessionId, cancellationToken); // Validated before.
        }

        return payload;
    }

    private static HashSet<string> FindIds(Payload payload) =>
        payload.Type is ChannelType.Json ? JsonBlobs.Find(payload.Bytes.Span) : [];

    private static string Gone(string id) =>
        $"There is no blob {FaultText.Quote(id)}, or none any more: uploads that no session uses expire. Upload it again.";

    private async Task<bool> ExistsAsync(BlobReference blob, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await blobs.OpenAsync(blob, cancellationToken);
            return !BlobId.IsUpload(blob)
                || !BlobId.Of(blob, Payload.JsonMediaType).IsExpired(options.Value.UploadRetention, clock.GetUtcNow());
        }
        catch (BlueEdgeException)
        {
            return false;
        }
    }
}
