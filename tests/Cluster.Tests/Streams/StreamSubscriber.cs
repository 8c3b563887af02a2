using BlueEdge.ClientStreams;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BlueEdge.Cluster.Tests.Streams;

/// <summary>A trusted service that hears what happens to all sessions, and keeps what it knows of each.</summary>
public sealed class StreamSubscriber : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<SessionStreamEvent>> _changes = new(StringComparer.Ordinal);
    private readonly List<SessionStreamItem> _gaps = [];
    private readonly List<SessionStreamItem> _all = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHost? _host;
    private SessionStreamFollower? _follower;

    /// <summary>Where it is in the stream.</summary>
    public long? Place => _follower?.Place;

    /// <summary>Of how many sessions it has heard.</summary>
    public int Heard
    {
        get
        {
            lock (_lock)
            {
                return _changes.Count;
            }
        }
    }

    /// <summary>How often it was told that something may be missing, of this session or of any.</summary>
    public int CountGaps(string? session = null)
    {
        lock (_lock)
        {
            return _gaps.Count(item => item.Step.Missing is SessionStreamLoss.OfAny || item.Event.SessionId == session);
        }
    }

    /// <summary>Why gaps were told.</summary>
    public string[] Gaps
    {
        get
        {
            lock (_lock)
            {
                return [.. _gaps.Select(item => $"{item.Place}: {item.Step.Missing} {item.Event.SessionId} {item.Event.Gap}")];
            }
        }
    }

    public static async Task<StreamSubscriber> StartAsync(ProcessCluster cluster, long? place = null)
    {
        StreamSubscriber subscriber = new();
        subscriber._host = await cluster.ConnectAsync(services => services.AddSessionStream());
        using CancellationTokenSource timeout = new(Patience, TimeProvider.System);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken, timeout.Token);
        subscriber._follower = await SessionStreamFollower.StartAsync(
            subscriber._host.Services.GetRequiredService<IClusterClient>(), subscriber.TakeAsync, place, TimeProvider.System, patience.Token);
        return subscriber;
    }

    /// <summary>What was new of a session, in the order in which it came.</summary>
    public SessionStreamEvent[] ChangesOf(string session)
    {
        lock (_lock)
        {
            return [.. _changes.GetValueOrDefault(session) ?? []];
        }
    }

    /// <summary>Whether the session is known to have ended.</summary>
    public bool KnowsEndOf(string session) => ChangesOf(session) is [.., var last] && last.Status.IsTerminal();

    /// <summary>Whether every change of the session was new in its turn, from the first to its end.</summary>
    public bool KnowsAllOf(string session) => KnowsEndOf(session) && ChangesOf(session) is [.., var last] changes && changes.Length == last.Number;

    /// <summary>Whether every change of the session came, from the first to its end, in whichever order.</summary>
    public bool HasAllOf(string session)
    {
        lock (_lock)
        {
            var numbers = _all.Where(each => each.Event.SessionId == session && each.Event.Number > 0).Select(each => each.Event.Number).ToHashSet();
            return KnowsEndOf(session) && numbers.Count > 0 && numbers.Count == numbers.Max();
        }
    }

    /// <summary>All that came of a session, in the order in which it came.</summary>
    private string Tell(string session)
    {
        lock (_lock)
        {
            return $"{session} ({string.Join(", ", _all.Where(each => each.Event.SessionId == session).Select(each => $"{each.Place}: {each.Event.Number} {each.Event.Status} of {each.Event.At:ss.fff} by {each.Event.Silo}"))})";
        }
    }

    /// <summary>Those of the sessions of which something came late, and how.</summary>
    public IEnumerable<string> Late(IEnumerable<string> sessions) => sessions.Where(session => !KnowsAllOf(session)).Select(Tell);

    /// <summary>Waits until what was heard is as it should be.</summary>
    public async Task UntilAsync(Func<bool> isIt, Func<string> missing)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            Task more;
            lock (_lock)
            {
                more = _more.Task;
            }

            if (isIt())
            {
                return;
            }

            await more.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Assert.False(patience.IsCancellationRequested, $"Within {Patience} was not heard: {missing()}\nGaps were told:\n{string.Join('\n', Gaps)}");
        }
    }

    /// <summary>Waits until all of these sessions are as they should be.</summary>
    public Task UntilAllAsync(IReadOnlyCollection<string> sessions, Func<string, bool> isIt) => UntilAsync(
        () => sessions.All(isIt),
        () => string.Join("; ", sessions.Where(session => !isIt(session)).Select(Tell)));

    /// <summary>Has its subscription end without its knowledge, as Orleans does with a client that it cannot reach for a moment.</summary>
    public async Task TakeOffAsync()
    {
        var client = _host!.Services.GetRequiredService<IClusterClient>(); // It is there from the start.
        var stream = client.GetStreamProvider(SessionStreams.Provider).GetStream<SessionStreamEvent>(StreamId.Create(SessionStreams.Namespace, SessionStreams.Key));
        var handles = await stream.GetAllSubscriptionHandles();
        Assert.NotEmpty(handles);
        foreach (var handle in handles)
        {
            await handle.UnsubscribeAsync();
        }
    }

    /// <summary>Ends as a process does that is killed: nobody is told.</summary>
    public async Task CrashAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync(TestContext.Current.CancellationToken);
            _host.Dispose();
        }

        _host = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            if (_follower is not null)
            {
                await _follower.DisposeAsync();
            }

            await _host.StopAsync(CancellationToken.None);
            _host.Dispose();
        }
    }

    private Task TakeAsync(SessionStreamItem item)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _all.Add(item);
            if (item.Step.Missing is not SessionStreamLoss.None)
            {
                _gaps.Add(item);
            }

            if (item.Step.IsNew && item.Event.SessionId is { } session)
            {
                if (!_changes.TryGetValue(session, out var changes))
                {
                    _changes[session] = changes = [];
                }

                changes.Add(item.Event);
            }

            (more, _more) = (_more, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        more.TrySetResult();
        return Task.CompletedTask;
    }
}
