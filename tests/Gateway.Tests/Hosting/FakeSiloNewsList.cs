using System.Collections.Concurrent;
using System.Collections.Immutable;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>Silos that come and go as the test says; one, <see cref="First"/>, at first.</summary>
internal sealed class FakeSiloNewsList : ISiloNewsListGrain
{
    public const string First = "events/first";

    private readonly FakeGrains _grains;
    private readonly ConcurrentDictionary<string, FakeSiloNews> _taps = new(StringComparer.Ordinal);
    private volatile State _state = new([First]);

    public FakeSiloNewsList(FakeGrains grains) => _grains = grains;

    public FakeSiloNews this[string key] => _taps.GetOrAdd(key, _ => new(_grains));

    public void Set(params string[] keys)
    {
        var former = _state;
        _state = new([.. keys]);
        former.Changed.SetResult();
    }

    public async Task<ImmutableArray<string>> FollowAsync(ImmutableArray<string> known, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await _grains.TroubleAsync(nameof(FollowAsync));
        var state = _state;
        if (state.Keys.SequenceEqual(known, StringComparer.Ordinal))
        {
            await Task.WhenAny(state.Changed.Task, Task.Delay(atMost, _grains.Time, cancellationToken));
        }

        return _state.Keys;
    }

    private sealed record State(ImmutableArray<string> Keys)
    {
        public TaskCompletionSource Changed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
