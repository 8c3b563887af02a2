using System.Collections.Concurrent;
using System.Collections.Immutable;
using BlueEdge.Grains.Results;

namespace BlueEdge.Store.Sqlite.Results;

/// <summary>Notices within the process.</summary>
internal sealed class LocalResultNotices : IResultNotices
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Action>> _listeners = new(StringComparer.Ordinal);

    public void Tell(string sessionId)
    {
        if (_listeners.TryGetValue(sessionId, out var listeners))
        {
            foreach (var listener in listeners)
            {
                listener();
            }
        }
    }

    public Task<IAsyncDisposable> ListenAsync(string sessionId, Action onNotice)
    {
        _listeners.AddOrUpdate(sessionId, _ => [onNotice], (_, listeners) => listeners.Add(onNotice));
        return Task.FromResult<IAsyncDisposable>(new Listening(() => End(sessionId, onNotice)));
    }

    private void End(string sessionId, Action onNotice)
    {
        while (_listeners.TryGetValue(sessionId, out var listeners))
        {
            var left = listeners.Remove(onNotice);
            if (left.IsEmpty
                ? _listeners.TryRemove(KeyValuePair.Create(sessionId, listeners))
                : _listeners.TryUpdate(sessionId, left, listeners))
            {
                return;
            }
        }
    }

    private sealed class Listening(Action end) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            end();
            return ValueTask.CompletedTask;
        }
    }
}
