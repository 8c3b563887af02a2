using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Results;
using BlueEdge.Sessions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Results;

/// <summary>Gathers the results that go into one answer, up to a number of bytes.</summary>
internal sealed class ResultReader(SessionClient sessions, CallBudgets budgets, IOptions<GatewayOptions> options, IServiceProvider services)
{
    private const int ItemsACall = 1_000;

    // The store is there where the gateway runs in a silo, or is configured with one.
    private readonly IBlobStore? _blobs = services.GetService<IBlobStore>();

    /// <summary>Reads what is asked for, or <see langword="null"/> where the session is gone.</summary>
    public Task<IReadOnlyList<ChannelResults>?> ReadAsync(
        SessionSnapshot session, PageRequest request, HttpContext http) =>
        ReadAsync(session, request, [], http);

    /// <summary>Reads all that an answer has room for.</summary>
    /// <param name="session">The session.</param>
    /// <param name="first">The first pages of all its interested channels, where they came with it; else empty.</param>
    /// <param name="http">Whose answer they are for: their bytes are in the budget until it is sent.</param>
    public Task<IReadOnlyList<ChannelResults>?> ReadAllAsync(
        SessionSnapshot session, ImmutableArray<ResultPage> first, HttpContext http) =>
        ReadAsync(session, PageRequest.Everything, first, http);

    private async Task<IReadOnlyList<ChannelResults>?> ReadAsync(
        SessionSnapshot session, PageRequest request, ImmutableArray<ResultPage> first, HttpContext http)
    {
        var cancellationToken = http.RequestAborted;
        var channels = request.Channels is [] ? session.InterestedChannels : request.Channels;
        var offset = request.Offset ?? 0;
        List<ChannelResults> all = [.. channels.Select(channel => new ChannelResults(channel, offset))];
        if (HasNone(session))
        {
            return all;
        }

        ByteLease lease = new(budgets.Answers);
        http.Response.RegisterForDispose(lease);
        var left = (long)options.Value.ResultBytes;
        foreach (var some in all.Chunk(SubmitResult.MostChannels))
        {
            for (ChannelResults[] open = some; open.Length > 0;)
            {
                var pages = first is []
                    ? await ReadPagesAsync(session.SessionId, Queries(open, request, left), cancellationToken)
                    : first;
                if (pages is not { } read)
                {
                    return null;
                }

                first = [];
                await HoldAsync(lease, read, options.Value.ResultBytes - left, cancellationToken);
                for (var place = 0; place < open.Length; place++)
                {
                    left = await TakeAsync(open[place], read[place], left, isFirst: all.TrueForAll(results => results.Items.Count == 0), cancellationToken);
                }

                open = [.. open.Where((results, place) =>
                    results.Next is not null
                    && left > 0
                    && results.Items.Count < (request.Limit ?? int.MaxValue)
                    && read[place].Items is not [])];
            }
        }

        lease.Shrink(options.Value.ResultBytes - left);
        return all;
    }

    /// <summary>Has the answer's room before anything more is loaded for it: all that an answer may have where there is more to read.</summary>
    private async Task HoldAsync(ByteLease lease, ImmutableArray<ResultPage> pages, long taken, CancellationToken cancellationToken)
    {
        var most = (long)options.Value.ResultBytes;
        var wanted = pages.Any(page => page.NextOffset is not null)
            ? most
            : Math.Min(most, taken + pages.Sum(page => page.Items.Sum(item => item.Length)));
        if (!await lease.HoldAsync(wanted, options.Value.AnswerPatience, cancellationToken))
        {
            throw Busy();
        }
    }

    private async Task<ImmutableArray<ResultPage>?> ReadPagesAsync(
        string sessionId, ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken)
    {
        if (!await budgets.Reads.WaitAsync(options.Value.AnswerPatience, cancellationToken))
        {
            throw Busy();
        }

        try
        {
            return await sessions.ReadResultsAsync(sessionId, queries, cancellationToken);
        }
        finally
        {
            budgets.Reads.Release();
        }
    }

    private static BusyException Busy() => new("Too many large answers are under way: read again soon, or less at once (?channel=, ?limit=).");

    /// <summary>Whether a session cannot have results yet: saves a call on the way of a submission that does not wait.</summary>
    private static bool HasNone(SessionSnapshot session) =>
        session.InterestedChannels.IsEmpty
        || (session.Status is SessionStatus.Pending or SessionStatus.Queuing && session.FormerAttempts.IsEmpty);

    private static ImmutableArray<ResultQuery> Queries(ChannelResults[] open, PageRequest request, long left) =>
    [
        .. open.Select(results => new ResultQuery
        {
            Channel = results.Channel,
            Offset = results.Next ?? results.Offset,

            // Where the answer is full only the number of items is wanted.
            Limit = left <= 0 ? 1 : Math.Min(ItemsACall, (request.Limit ?? int.MaxValue) - results.Items.Count),
        }),
    ];

    /// <summary>Takes a page's items while there is room; the answer's very first item is taken whatever its size, so that paging moves on.</summary>
    private async ValueTask<long> TakeAsync(
        ChannelResults results, ResultPage page, long left, bool isFirst, CancellationToken cancellationToken)
    {
        results.Total = page.Total;
        results.Next = page.NextOffset;
        foreach (var payload in page.Items)
        {
            var item = await PrepareAsync(payload, left, cancellationToken);
            if (item.Size > left && !isFirst)
            {
                results.Next = results.Offset + results.Items.Count;
                return 0;
            }

            results.Items.Add(item);
            left -= item.Size;
            isFirst = false;
        }

        return left;
    }

    private async ValueTask<ResultItem> PrepareAsync(Payload payload, long left, CancellationToken cancellationToken)
    {
        if (payload.Blob is null)
        {
            return payload.Type == ChannelType.Json || payload.Length <= options.Value.InlineItemBytes
                ? new(payload, payload.Bytes)
                : new(payload, null);
        }

        // Clients expect JSON as JSON, wherever we keep it; only what fills the answer by itself is linked.
        return payload.Type == ChannelType.Json && payload.Length <= left && _blobs is not null
            ? new(payload, await LoadAsync(_blobs, payload, cancellationToken))
            : new(payload, null);
    }

    private static async Task<ReadOnlyMemory<byte>> LoadAsync(IBlobStore blobs, Payload payload, CancellationToken cancellationToken)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)payload.Length));
        await using var content = await blobs.OpenForCallerAsync(payload.Blob!, cancellationToken); // The caller has looked.
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
