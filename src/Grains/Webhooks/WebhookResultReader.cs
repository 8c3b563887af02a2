using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Grains.Results;
using BlueEdge.Sessions.Events;
using BlueEdge.Storage;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Gathers the results that go into a body: whole channels while there is room, links to the others.</summary>
internal sealed class WebhookResultReader(IResultStore results, IBlobStore blobs, IOptions<WebhookOptions> options)
{
    /// <summary>How many bytes of results a body has.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>What is not JSON and longer than this is linked, as in REST's answers.</summary>
    private const int LongestInline = 256 * 1024;

    /// <summary>About what the members around an item's bytes take.</summary>
    private const int Frame = 128;

    /// <summary>What the channels have by now, in the attempt of the event.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<ImmutableArray<WebhookResults>> ReadAsync(
        string sessionId, SessionEvent one, ImmutableArray<string> channels, CancellationToken cancellationToken)
    {
        var read = ImmutableArray.CreateBuilder<WebhookResults>(channels.Length);
        var address = AddressOf(sessionId);
        var left = MostBytes;
        foreach (var channel in channels)
        {
            var pages = await results.ReadAsync(
                sessionId, one.Epoch, [new() { Channel = channel, Limit = left > 0 ? MostBytes / Frame : 1, Bytes = Math.Max(left, 1) }], cancellationToken);
            var items = pages[0].NextOffset is null ? await LoadAsync(pages[0].Items, left, cancellationToken) : null;
            left -= items?.Sum(SizeOf) ?? 0;
            read.Add(new(channel, address, items, pages[0].Total));
        }

        return read.MoveToImmutable();
    }

    /// <summary>The channels while nothing has been written.</summary>
    public ImmutableArray<WebhookResults> None(string sessionId, ImmutableArray<string> channels) =>
        [.. channels.Select(channel => new WebhookResults(channel, AddressOf(sessionId), Items: [], Total: 0))];

    private string AddressOf(string sessionId) => $"{options.Value.PublicUrl?.ToString().TrimEnd('/')}/api/v1/process-workflow/{sessionId}";

    private static int SizeOf((Payload Payload, ReadOnlyMemory<byte>? Content) item) =>
        Frame + (item.Content is not { } content ? 0 : item.Payload.Type is ChannelType.Json ? content.Length : (int)(content.Length * 4L / 3));

    /// <summary>The items with their bytes; <see langword="null"/> where there is no room for all of them.</summary>
    private async Task<IReadOnlyList<(Payload, ReadOnlyMemory<byte>?)>?> LoadAsync(ImmutableArray<Payload> items, int left, CancellationToken cancellationToken)
    {
        List<(Payload, ReadOnlyMemory<byte>?)> loaded = [];
        foreach (var payload in items)
        {
            if (payload.Type is ChannelType.Json && payload.Length > left)
            {
                return null;
            }

            (Payload, ReadOnlyMemory<byte>?) item = payload.Type is not ChannelType.Json && payload.Length > LongestInline ? (payload, null)
                : (payload, payload.Blob is null ? payload.Bytes : await OpenAsync(payload, cancellationToken));
            left -= SizeOf(item);
            if (left < 0)
            {
                return null;
            }

            loaded.Add(item);
        }

        return loaded;
    }

    private async Task<ReadOnlyMemory<byte>> OpenAsync(Payload payload, CancellationToken cancellationToken)
    {
        var bytes = new byte[payload.Length];
        await using var content = await blobs.OpenAsync(payload.Blob!, cancellationToken); // The caller has looked.
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
