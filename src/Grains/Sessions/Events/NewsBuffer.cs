using System.Collections.Immutable;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>The newest news of a silo's sessions, by places that count on. Any thread may call it.</summary>
internal sealed class NewsBuffer
{
    /// <summary>So many are kept at most.</summary>
    public const int MostNews = 4_096;

    /// <summary>So many bytes are kept at most, and the newest in any case.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private const int PageNews = 256;
    private const int PageBytes = 512 * 1024;

    private readonly Guid _id = Guid.NewGuid();
    private readonly Lock _lock = new();

    /// <summary>By place modulo its length; <see langword="null"/> where something was missed.</summary>
    private readonly Noted?[] _noted = new Noted?[MostNews];
    private long _first;
    private long _next;
    private long _bytes;
    private TaskCompletionSource? _more;

    /// <summary>Notes news.</summary>
    public void Add(SessionNews news) => Add(new Noted(news, news.EstimateBytes()));

    /// <summary>Notes that something is missing here.</summary>
    public void Miss() => Add(noted: null);

    /// <summary>What there is from a place on; waits for it, and gives an empty page where none comes.</summary>
    public async Task<NewsPage> ReadAsync(NewsPlace? after, TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        Task more;
        lock (_lock)
        {
            if (Read(after) is { } page)
            {
                return page;
            }

            more = (_more ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        await more.WaitAsync(atMost, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        lock (_lock)
        {
            return Read(after) ?? new() { Place = after ?? new(_id, _next), IsWhole = true, News = [] };
        }
    }

    /// <summary><see langword="null"/> where there is nothing to tell.</summary>
    private NewsPage? Read(NewsPlace? after)
    {
        if (after is null || after.Ring != _id || after.Next > _next)
        {
            return new() { Place = new(_id, _next), IsWhole = after is null, News = [] };
        }

        var news = ImmutableArray.CreateBuilder<SessionNews>();
        var (place, isWhole, bytes) = (Math.Max(after.Next, _first), after.Next >= _first, 0);
        for (; place < _next && news.Count < PageNews && bytes < PageBytes; place++)
        {
            if (_noted[place % MostNews] is { } noted)
            {
                news.Add(noted.News);
                bytes += noted.Bytes;
            }
            else if (news.Count > 0)
            {
                // Told with the next page, where it belongs.
                break;
            }
            else
            {
                isWhole = false;
            }
        }

        return place > after.Next ? new() { Place = new(_id, place), IsWhole = isWhole, News = news.ToImmutable() } : null;
    }

    private void Add(Noted? noted)
    {
        TaskCompletionSource? more;
        lock (_lock)
        {
            if (_next - _first == MostNews)
            {
                DropFirst();
            }

            _noted[_next++ % MostNews] = noted;
            _bytes += noted?.Bytes ?? 0;
            while (_bytes > MostBytes && _first < _next - 1)
            {
                DropFirst();
            }

            (more, _more) = (_more, null);
        }

        more?.TrySetResult();
    }

    private void DropFirst()
    {
        ref var oldest = ref _noted[_first++ % MostNews];
        _bytes -= oldest?.Bytes ?? 0;
        oldest = null;
    }

    private sealed record Noted(SessionNews News, int Bytes);
}
