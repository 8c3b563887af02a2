using System.Collections.Immutable;
using BlueEdge.Keys;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>The keys of a cluster, which other gateways change too.</summary>
internal sealed class FakeKeyRegistry(FakeGrains grains) : IKeyRegistryGrain
{
    private readonly Lock _lock = new();
    private KeyList _list = new() { Version = Guid.NewGuid(), Keys = [] };
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;

    public ImmutableArray<ApiKey> Keys => _list.Keys ?? [];

    /// <summary>How often a gateway asked without waiting for a change.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public ImmutableArray<KeyUse> Uses { get; private set; } = [];

    public async Task<KeyAddOutcome> AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(AddAsync));
        if (Keys.Length == IKeyRegistryGrain.MostKeys)
        {
            return KeyAddOutcome.Full;
        }

        Change(keys => keys.Add(key));
        return KeyAddOutcome.Added;
    }

    public async Task<bool> RevokeAsync(string keyId, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(RevokeAsync));
        var isKnown = Keys.Any(key => key.Id == keyId);
        Change(keys => keys.RemoveAll(key => key.Id == keyId));
        return isKnown;
    }

    public Task NoteUsesAsync(ImmutableArray<KeyUse> uses, CancellationToken cancellationToken)
    {
        Uses = uses;
        return grains.TroubleAsync(nameof(NoteUsesAsync));
    }

    public async Task<KeyList> ListAsync(CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(ListAsync));
        return _list;
    }

    public async Task<KeyList> FollowAsync(Guid? known, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(FollowAsync));
        if (atMost == TimeSpan.Zero)
        {
            Interlocked.Increment(ref _asked);
        }

        Task changed;
        lock (_lock)
        {
            changed = known == _list.Version ? _changed.Task : Task.CompletedTask;
        }

        await changed.WaitAsync(atMost, grains.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return known == _list.Version ? _list with { Keys = null } : _list;
    }

    private void Change(Func<ImmutableArray<ApiKey>, ImmutableArray<ApiKey>> change)
    {
        lock (_lock)
        {
            _list = new() { Version = Guid.NewGuid(), Keys = change(Keys) };
            var changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
    }
}
