using System.IO.Pipelines;
using BlueEdge.Gateway.Http.Budgets;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Http;

/// <summary>Reads a whole body into one piece of memory: payloads are handed on as slices of it, so that it is not pooled.</summary>
internal static class RequestBody
{
    // What a caller claims to send is not set aside before it comes.
    private const int FirstPiece = 64 * 1024;

    /// <summary>The body, or <see langword="null"/> where it is longer than allowed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="most">The longest that is allowed.</param>
    /// <param name="lease">Holds the body's bytes: all of them before the first is read, or as they come where nobody says how many there are.</param>
    /// <exception cref="BusyException">Other bodies have all the room.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int most, ByteLease lease)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } serverLimit)
        {
            // One limit with one answer; the server's own would break in before it, in words of its own.
            serverLimit.MaxRequestBodySize = null;
        }

        if (request.ContentLength > most)
        {
            return null;
        }

        if (!lease.TryHold(request.ContentLength ?? 0))
        {
            throw Busy();
        }

        using BodyTime time = new(request.HttpContext);
        var buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(request.ContentLength ?? FirstPiece, FirstPiece));
        var length = 0;
        while (true)
        {
            var read = await ReadPieceAsync(request, time);
            if (read.Buffer.Length > most - length)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            var next = length + (int)read.Buffer.Length;
            if (next > buffer.Length)
            {
                var size = Math.Max(next, (int)Math.Min((long)buffer.Length * 2, request.ContentLength ?? most));
                if (!lease.TryHold(size))
                {
                    // Else the server could not read over the rest, and would close the connection for it.
                    request.BodyReader.AdvanceTo(read.Buffer.End);
                    throw Busy();
                }

                Array.Resize(ref buffer, size);
            }

            foreach (var piece in read.Buffer)
            {
                piece.Span.CopyTo(buffer.AsSpan(length));
                length += piece.Length;
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return buffer.AsMemory(0, length);
            }
        }
    }

    /// <exception cref="BadHttpRequestException">It is not framed as HTTP wants it, or takes too long.</exception>
    private static async ValueTask<ReadResult> ReadPieceAsync(HttpRequest request, BodyTime time)
    {
        try
        {
            return await request.BodyReader.ReadAsync(time.Over);
        }
        catch (OperationCanceledException exception) when (time.IsUp)
        {
            throw new BadHttpRequestException(
                $"The body has not come within {request.HttpContext.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value.BodyTimeout} (BlueEdge:Gateway:BodyTimeout): send less at once, or content as an upload.",
                StatusCodes.Status408RequestTimeout,
                exception);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException && !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // What the server says of a chunk whose size is no number that it can hold.
            throw new BadHttpRequestException($"The body cannot be read: {exception.Message}", exception);
        }
    }

    private static BusyException Busy() => new("Too many large bodies are under way: nothing was done; send this one again soon.");
}
