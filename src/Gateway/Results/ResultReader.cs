using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Results;
using BlueEdge.Sessions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Results;

/// <summary>Gathers the results that go into one answer, up to a number of bytes and of items.</summary>
internal sealed class ResultReader(SessionClient sessions, CallBudgets budgets, IOptions<GatewayOptions> options, TimeProvider time, IServiceProvider services)
{
    private const int ItemsACall = 10_000;
    private const int PageBytes = 4 * 1024 * 1024;

    // A page goes over its bytes by an item, and a grain should not send more than some tens of megabytes at once.
    private const int ManyChannels = 32;
    private const int FewItems = 4;
    private const int FewBytes = 64 * 1024;

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
        var channels = request.Channels is [] ? session.InterestedChannels : request.Channels;
        var offset = request.Offset ?? 0;
        List<ChannelResults> all = [.. channels.Select(channel => new ChannelResults(channel, offset))];
        return HasNone(session) || await FillAsync(all, session, request, first, http) ? all : null;
    }

    /// <summary>Reads into them as much as the answer has room for; false where the session is gone.</summary>
    private async Task<bool> FillAsync(
        List<ChannelResults> all, SessionSnapshot session, PageRequest request, ImmutableArray<ResultPage> first, HttpContext http)
    {
        var cancellationToken = http.RequestAborted;
        ByteLease lease = new(budgets.Answers);
        http.Response.RegisterForDispose(lease);
        var room = new AnswerRoom(options.Value);
        for (var done = 0; done < all.Count;)
        {
            // Of many channels the first items of each are read together: most have no more.
            var isFew = all.Count - done <= SubmitResult.MostChannels;
            var some = all.GetRange(done, isFew ? all.Count - done : Math.Min(all.Count - done, ManyChannels));
            done += some.Count;
            if (await TakePagesAsync(some, isFew ? ItemsACall : FewItems, isFew ? PageBytes : FewBytes) is not { } open)
            {
                return false;
            }

            foreach (var rest in open.Chunk(SubmitResult.MostChannels))
            {
                for (IReadOnlyList<ChannelResults> left = rest; left.Count > 0;)
                {
                    if (await TakePagesAsync(left, ItemsACall, PageBytes) is not { } next)
                    {
                        return false;
                    }

                    left = next;
                }
            }
        }

        lease.Shrink(options.Value.ResultBytes - room.Bytes);
        return true;

        // Takes the next page of each channel, and answers with those that have more and may have it.
        async Task<IReadOnlyList<ChannelResults>?> TakePagesAsync(IReadOnlyList<ChannelResults> some, int items, int bytes)
        {
            var pages = first is []
                ? await ReadPagesAsync(session.SessionId, Queries(some, request, room, items, bytes), cancellationToken)
                : first;
            if (pages is not { } read)
            {
                return null;
            }

            first = [];
            await HoldAsync(lease, read, options.Value.ResultBytes - room.Bytes, cancellationToken);
            for (var place = 0; place < some.Count; place++)
            {
                await TakeAsync(some[place], read[place], room, cancellationToken);
            }

            return [.. some.Where((results, place) => HasMore(results) && read[place].Items is not [])];
        }

        bool HasMore(ChannelResults results) =>
            !room.IsFull && results.Next is not null && results.Items.Count < (request.Limit ?? int.MaxValue);
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
        var asked = time.GetTimestamp();
        if (!await budgets.Reads.WaitAsync(options.Value.AnswerPatience, cancellationToken))
        {
            throw Busy();
        }

        try
        {
            // Each of those before it took all the time that a call may to find nobody: it does not do so once more.
            return time.GetElapsedTime(asked) >= options.Value.CallTimeout && budgets.UnreachedAt > asked
                ? throw new UnavailableException("The sessions cannot be reached now: try again soon.")
                : await sessions.ReadResultsAsync(sessionId, queries, cancellationToken);
        }
        catch (UnavailableException)
        {
            budgets.UnreachedAt = time.GetTimestamp();
            throw;
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

    private static ImmutableArray<ResultQuery> Queries(
        IReadOnlyList<ChannelResults> some, PageRequest request, AnswerRoom room, int items, int bytes) =>
    [
        .. some.Select(results => new ResultQuery
        {
            Channel = results.Channel,
            Offset = results.Next ?? results.Offset,

            // Where the answer is full only the number of items is wanted.
            Limit = room.IsFull ? 1 : Math.Min(Math.Min(items, room.Items), (request.Limit ?? int.MaxValue) - results.Items.Count),
            Bytes = bytes,
        }),
    ];

    /// <summary>Takes a page's items while there is room.</summary>
    private async ValueTask TakeAsync(ChannelResults results, ResultPage page, AnswerRoom room, CancellationToken cancellationToken)
    {
        results.Total = page.Total;
        results.Next = page.NextOffset;
        foreach (var payload in page.Items)
        {
            var item = await PrepareAsync(payload, room.Bytes, cancellationToken);
            if (!room.TryTake(item.Size))
            {
                results.Next = results.Offset + results.Items.Count;
                return;
            }

            results.Items.Add(item);
        }
    }

    private async ValueTask<ResultItem> PrepareAsync(Payload payload, long left, CancellationToken cancellationToken)
    {
        if (payload.Blob is null)
        {
            return payload.Type == ChannelType.Json || payload.Length <= options.Value.InlineItemBytes
                ? Inline(payload, payload.Bytes)
                : new(payload, null, IsJson: false);
        }

        // Clients expect JSON as JSON, wherever we keep it; only what fills the answer by itself is linked.
        return payload.Type == ChannelType.Json && payload.Length <= left && _blobs is not null
            ? Inline(payload, await LoadAsync(_blobs, payload, cancellationToken))
            : new(payload, null, IsJson: false);
    }

    private static ResultItem Inline(Payload payload, ReadOnlyMemory<byte> content) =>
        new(payload, content, IsJson: payload.Type == ChannelType.Json && JsonText.IsOne(content.Span));

    private static async Task<ReadOnlyMemory<byte>> LoadAsync(IBlobStore blobs, Payload payload, CancellationToken cancellationToken)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)payload.Length));
        await using var content = await blobs.OpenForCallerAsync(payload.Blob!, cancellationToken); // The caller has looked.
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
