using System.Collections.Immutable;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>A silo's ring in memory that keeps the contract of <see cref="ISiloNewsGrain"/>, and tells what the test has it tell.</summary>
internal sealed class FakeSiloNews(FakeGrains grains) : ISiloNewsGrain
{
    private readonly Lock _lock = new();
    private readonly List<SessionNews> _news = [];
    private Guid _id = Guid.NewGuid();
    private int _dropped;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _readersChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _readers;

    /// <summary>How many calls read it now.</summary>
    public int Readers => Volatile.Read(ref _readers);

    /// <summary>Ends once so many calls read it.</summary>
    public async Task HasReadersAsync(int count)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_readers == count)
                {
                    return;
                }

                changed = _readersChanged.Task;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public void Tell(params SessionNews[] news) => Change(() => _news.AddRange(news));

    /// <summary>Lets go of all that was not read.</summary>
    public void Drop() => Change(() => _dropped = _news.Count);

    /// <summary>Begins anew, as after nobody had read for long.</summary>
    public void Renew() => Change(() => _id = Guid.NewGuid());

    public async Task<NewsPage> ReadAsync(NewsPlace? after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(ReadAsync));
        Assert.InRange(atMost, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        CountReaders(1);
        try
        {
            while (true)
            {
                Task changed;
                lock (_lock)
                {
                    if (after is null || after.Ring != _id)
                    {
                        return new() { Place = new(_id, _news.Count), IsWhole = after is null, News = [] };
                    }

                    var first = Math.Max((int)after.Next, _dropped);
                    if (first < _news.Count || first > after.Next)
                    {
                        var page = _news.Skip(first).Take(100).ToImmutableArray();
                        return new() { Place = new(_id, first + page.Length), IsWhole = first == after.Next, News = page };
                    }

                    changed = _changed.Task;
                }

                await changed.WaitAsync(atMost, grains.Time, cancellationToken);
            }
        }
        catch (TimeoutException)
        {
            return new() { Place = after!, IsWhole = true, News = [] }; // The first call does not wait.
        }
        finally
        {
            CountReaders(-1);
        }
    }

    private void CountReaders(int more)
    {
        lock (_lock)
        {
            _readers += more;
            _readersChanged.SetResult();
            _readersChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
