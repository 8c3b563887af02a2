using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Channels;

/// <summary>
/// The blobs of others that a session's start data refer to: uploads, as payloads or inside JSON. The session gets a share of each,
/// so that they live as long as it does.
/// </summary>
internal sealed class StartBlobs(IBlobStore blobs, IOptions<UploadOptions> options, TimeProvider clock)
{
    /// <summary>References that a session may have: each is looked up before it is accepted.</summary>
    private const int Most = 1_000;

    /// <summary>What is no id, or refers to nothing.</summary>
    public async Task<FaultList> FindFaultsAsync(SessionSpec spec, CancellationToken cancellationToken)
    {
        var faults = new FaultCollector();
        var count = 0;
        foreach (var (item, data) in spec.StartData.Index())
        {
            count += data.Payload.Blob is null ? FindIds(data.Payload).Count : 1;
            if (count > Most)
            {
                faults.Add($"/startData/{item}/payload", FaultCodes.TooLarge, $"The session refers to more than the {Most} blobs that are allowed.");
                break;
            }

            foreach (var text in data.Payload.Blob is null ? FindIds(data.Payload) : [])
            {
                if (BlobId.TryParse(text) is not { } id)
                {
                    faults.Add($"/startData/{item}/payload", FaultCodes.Malformed, $"{FaultText.Quote(text)} is no id of a blob: POST /api/v1/blobs gives one.");
                }
                else if (!await ExistsAsync(id.Upload, cancellationToken))
                {
                    faults.Add($"/startData/{item}/payload", FaultCodes.UnknownBlob, $"{Gone(text)}");
                }
            }

            if (data.Payload.Blob is { } blob && !await ExistsAsync(blob, cancellationToken))
            {
                var id = BlobId.IsUpload(blob) ? BlobId.Of(blob, data.Payload.MediaType).ToString() : $"{blob.SessionId}/{blob.Name}";
                faults.Add($"/startData/{item}/payload", FaultCodes.UnknownBlob, $"{Gone(id)}");
            }
        }

        return faults.ToList();
    }

    /// <summary>The spec with each such payload lying in the session's own share; what JSON refers to is shared and the JSON left as it is.</summary>
    public async Task<SessionSpec> ShareAsync(string sessionId, SessionSpec spec, CancellationToken cancellationToken)
    {
        if (!spec.StartData.Any(data => data.Payload.Blob is not null || FindIds(data.Payload).Count > 0))
        {
            return spec;
        }

        var startData = ImmutableArray.CreateBuilder<StartDataSpec>(spec.StartData.Length);
        foreach (var data in spec.StartData)
        {
            foreach (var text in data.Payload.Blob is null ? FindIds(data.Payload) : [])
            {
                await blobs.ShareAsync(BlobId.TryParse(text)!.Upload, sessionId, cancellationToken); // Validated before.
            }

            startData.Add(data.Payload.Blob is { } blob && !string.Equals(blob.SessionId, sessionId, StringComparison.Ordinal)
                ? data with { Payload = await ShareOfAsync(data.Payload, blob) }
                : data);
        }

        return spec with { StartData = startData.MoveToImmutable() };

        async Task<Payload> ShareOfAsync(Payload payload, BlobReference blob)
        {
            var (share, length) = await blobs.ShareAsync(blob, sessionId, cancellationToken);
            return payload with { Blob = share, Length = length };
        }
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
