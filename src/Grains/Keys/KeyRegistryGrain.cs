using System.Collections.Immutable;
using BlueEdge.Calls;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Storage;
using BlueEdge.Keys;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Keys;

/// <summary>
/// Keeps the keys of the API's callers, few and seldom changed: gateways follow them, and look none up here. What it tells is stored.
/// </summary>
[GrainType("key-registry")]
internal sealed partial class KeyRegistryGrain(
    [PersistentState("keys")] IPersistentState<KeyRegistryState> stored, SiloStopping silo, TimeProvider clock, ILogger<KeyRegistryGrain> logger)
    : Grain, IKeyRegistryGrain
{
    /// <summary>How long a use that nothing else stores waits to be stored.</summary>
    private static readonly TimeSpan UsesWait = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, DateTimeOffset> _uses = new(StringComparer.Ordinal);
    private KeyRegistryState _told = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _savedAt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_told, _savedAt) = (stored.State, clock.GetTimestamp());
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            if (_uses.Count > 0)
            {
                await SaveAsync(_told);
            }
        }
        catch (Exception error)
        {
            LogUsesLost(error, _uses.Count);
        }
    }

    public async Task<KeyAddOutcome> AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        if (_told.Has(key.Id))
        {
            return KeyAddOutcome.Added;
        }

        if (_told.Add(key, clock.GetUtcNow()) is not { } next)
        {
            return KeyAddOutcome.Full;
        }

        await SaveAsync(next);
        return KeyAddOutcome.Added;
    }

    public async Task<bool> RevokeAsync(string keyId, CancellationToken cancellationToken)
    {
        if (!_told.Has(keyId))
        {
            return false;
        }

        await SaveAsync(_told.Revoke(keyId));
        return true;
    }

    public async Task NoteUsesAsync(ImmutableArray<KeyUse> uses, CancellationToken cancellationToken)
    {
        foreach (var use in uses.Where(use => _told.Has(use.KeyId)))
        {
            _uses[use.KeyId] = _uses.TryGetValue(use.KeyId, out var known) && known > use.At ? known : use.At;
        }

        if (_uses.Count > 0 && clock.GetElapsedTime(_savedAt) >= UsesWait)
        {
            await SaveAsync(_told);
        }
    }

    public Task<KeyList> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new KeyList { Version = _told.Version, Keys = _told.Note(_uses).Keys });

    public async Task<KeyList> FollowAsync(Guid? known, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (known == _told.Version)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silo.Token);
            await _changed.Task.WaitAsync(LongPoll.Turn(atMost), clock, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return new() { Version = _told.Version, Keys = known == _told.Version ? null : _told.Keys };
    }

    /// <summary>Stores it, with all uses; tells of it only then.</summary>
    private async Task SaveAsync(KeyRegistryState next)
    {
        next = next.Note(_uses);
        await stored.SaveOrLeaveAsync(next, this);
        _uses.Clear();
        _savedAt = clock.GetTimestamp();
        var isChanged = _told.Version != next.Version;
        _told = next;
        if (isChanged)
        {
            var changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
    }

    [LoggerMessage(LogLevel.Warning, "When {Count} API keys were last used could not be stored: what is listed is older")]
    private partial void LogUsesLost(Exception error, int count);
}
