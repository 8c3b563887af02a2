using BlueEdge.Grains.Sessions.Streams;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>
/// Has those who listen to all sessions hear what happens to this silo's. While nobody reads, and there is no stream, there is nothing but
/// two fields that each stored change looks at. Any thread may call it.
/// </summary>
/// <param name="clock">Tells the time.</param>
/// <param name="stream">What goes to the stream of session events; <see langword="null"/> where the silo has none.</param>
internal sealed class SiloNews(TimeProvider clock, SessionStreamBuffer? stream = null) : IDisposable
{
    /// <summary>Who reads again within this time misses nothing for it; a reader that died is forgotten then.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private volatile NewsBuffer? _buffer;
    private ITimer? _idle;
    private int _reading;

    /// <summary>Whether anybody listens.</summary>
    public bool IsOpen => _buffer is not null;

    /// <summary>Tells what a change brought that was stored just now as the version which is given.</summary>
    public void Tell(string sessionId, long version, SessionSpec spec, SessionState before, SessionState after)
    {
        var buffer = _buffer;
        if (buffer is null && stream is null)
        {
            return;
        }

        var events = SessionEvents.Of(spec, before, after, clock.GetUtcNow());
        stream?.Add(sessionId, version, after, events);
        if (buffer is not null && !events.IsEmpty)
        {
            buffer.Add(new()
            {
                SessionId = sessionId,
                Tenant = after.Tenant,
                Engines = [.. spec.Nodes.Select(node => node.Engine).Distinct(StringComparer.Ordinal)],
                Status = before.Status,
                Events = events,
            });
        }
    }

    /// <summary>Says that a change of a session may have been stored of which nothing is known.</summary>
    public void Miss(string sessionId)
    {
        _buffer?.Miss();
        stream?.AddGap(sessionId, "Nobody knows whether a change was stored.");
    }

    /// <summary>What was told since a place; opens the ring.</summary>
    public async Task<NewsPage> ReadAsync(NewsPlace? after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var buffer = Open();
        try
        {
            return await buffer.ReadAsync(after, atMost, clock, cancellationToken);
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _idle?.Dispose();
        }
    }

    private NewsBuffer Open()
    {
        lock (_lock)
        {
            _reading++;
            _idle?.Dispose();
            _idle = null;
            return _buffer ??= new();
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_reading == 0)
            {
                _idle = clock.CreateTimer(_ => CloseIfIdle(), null, Patience, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void CloseIfIdle()
    {
        lock (_lock)
        {
            if (_reading == 0)
            {
                _buffer = null;
            }
        }
    }
}
