using System.Collections.Concurrent;
using BlueEdge.Callers;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Keys;
using BlueEdge.Keys;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Auth;

/// <summary>
/// All keys that count, as this gateway knows them: a request costs no call. The cluster tells each change as it happens; a key that is
/// not among them is asked for once more, by all who wait for that together, for it may be new.
/// </summary>
internal sealed class KeyRing : IDisposable
{
    /// <summary>For how long what was heard last counts: a revoked key is refused everywhere within half a minute.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(25);

    /// <summary>A timer can wait no longer than some weeks.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly KeyClient _client;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly (KeyHash Hash, KnownKey Key)? _bootstrap;
    private readonly ConcurrentQueue<KnownKey> _used = [];
    private readonly Lock _lock = new();
    private readonly ITimer _expiry;
    private Dictionary<KeyHash, KnownKey> _keys = [];
    private Guid? _version;
    private long _heardAt;
    private bool _wasHeard;
    private long _begun;
    private long _applied;
    private Task _asking = Task.CompletedTask;
    private Task? _next;

    public KeyRing(KeyClient client, IOptions<AuthOptions> auth, IOptions<GatewayOptions> options, TimeProvider time)
    {
        (_client, _time, _patience) = (client, time, options.Value.CallTimeout);
        _bootstrap = auth.Value.BootstrapKey is { Length: > 0 } key
            ? (KeyHash.Of(key), new("bootstrap", Caller.Default, [CallerRole.Admin], expiresAt: null))
            : null;
        _expiry = time.CreateTimer(_ => EndExpired(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether what was heard last counts yet.</summary>
    public bool IsTrusted => Volatile.Read(ref _wasHeard) && _time.GetElapsedTime(Volatile.Read(ref _heardAt)) < Trust;

    /// <summary>Whether it is known that there is no key at all.</summary>
    public bool IsEmpty => _bootstrap is null && IsTrusted && Volatile.Read(ref _keys).Count == 0;

    /// <summary>The key of a hash where that is known without asking.</summary>
    public KnownKey? FindKnown(KeyHash hash) =>
        _bootstrap is { } bootstrap && bootstrap.Hash == hash ? bootstrap.Key
        : IsTrusted ? Volatile.Read(ref _keys).GetValueOrDefault(hash)
        : null;

    /// <summary>The key of a hash, as the cluster knows it now; <see langword="null"/> where there is none.</summary>
    /// <exception cref="UnavailableException">The cluster does not answer.</exception>
    public async Task<KnownKey?> FindAsync(KeyHash hash, CancellationToken cancellationToken)
    {
        await AskAsync(cancellationToken);
        return FindKnown(hash);
    }

    /// <summary>Hears of all changes that were made before the call.</summary>
    /// <exception cref="UnavailableException">The cluster does not answer.</exception>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        Task asked;
        lock (_lock)
        {
            // One that is under way may have been answered before.
            asked = _next ??= AskNextAsync(_asking);
        }

        try
        {
            await asked.WaitAsync(_patience, _time, cancellationToken);
        }
        catch (TimeoutException error)
        {
            throw new UnavailableException("Keys cannot be looked at now: try again soon.", error);
        }
    }

    /// <summary>Waits for the next change, at most so long.</summary>
    /// <exception cref="UnavailableException">The cluster does not answer.</exception>
    public async Task FollowAsync(TimeSpan turn, CancellationToken cancellationToken)
    {
        var call = Begin();
        Apply(call, await _client.FollowAsync(call.Known, turn, cancellationToken));
    }

    /// <summary>Notes that a key was used.</summary>
    public void Note(KnownKey key)
    {
        if (key.Use(_time.GetUtcNow()))
        {
            _used.Enqueue(key);
        }
    }

    /// <summary>Tells the cluster which keys were used since it was told last.</summary>
    /// <exception cref="UnavailableException">The cluster does not answer.</exception>
    public async Task TellUsesAsync(CancellationToken cancellationToken)
    {
        List<KeyUse> uses = [];
        while (uses.Count < IKeyRegistryGrain.MostKeys && _used.TryDequeue(out var key))
        {
            uses.Add(key.TakeUse());
        }

        if (uses.Count > 0)
        {
            await _client.NoteUsesAsync(uses, cancellationToken);
        }
    }

    public void Dispose() => _expiry.Dispose();

    private async Task AskNextAsync(Task before)
    {
        // Not within the lock of who calls.
        await Task.Yield();
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _asking = _next ?? Task.CompletedTask;
            _next = null;
        }

        var call = Begin();
        Apply(call, await _client.FollowAsync(call.Known, TimeSpan.Zero, CancellationToken.None));
    }

    private (long Number, Guid? Known) Begin()
    {
        lock (_lock)
        {
            return (++_begun, _version);
        }
    }

    /// <summary>Takes what a call was told, unless one that began later has told more.</summary>
    private void Apply((long Number, Guid? Known) call, KeyList list)
    {
        List<KnownKey> gone = [];
        lock (_lock)
        {
            if (call.Number < _applied)
            {
                return;
            }

            _applied = call.Number;
            if (list.Keys is { } told)
            {
                var former = _keys;
                var now = _time.GetUtcNow();
                Dictionary<KeyHash, KnownKey> keys = new(told.Length);
                foreach (var key in told.Where(key => !(key.ExpiresAt <= now)))
                {
                    var hash = KeyHash.Parse(key.Hash);
                    keys[hash] = former.GetValueOrDefault(hash) is { } same ? same : KnownKey.From(key);
                }

                gone.AddRange(former.Where(entry => !keys.ContainsKey(entry.Key)).Select(entry => entry.Value));
                _version = list.Version;
                Volatile.Write(ref _keys, keys);
                Arm(keys);
            }

            Volatile.Write(ref _heardAt, _time.GetTimestamp());
            Volatile.Write(ref _wasHeard, true);
        }

        gone.ForEach(key => key.End());
    }

    private void EndExpired()
    {
        List<KnownKey> gone = [];
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            gone.AddRange(_keys.Values.Where(key => key.IsExpired(now)));
            if (gone is not [])
            {
                Volatile.Write(ref _keys, _keys.Where(entry => !entry.Value.IsExpired(now)).ToDictionary());
            }

            Arm(_keys);
        }

        gone.ForEach(key => key.End());
    }

    private void Arm(Dictionary<KeyHash, KnownKey> keys)
    {
        if (keys.Values.Min(key => key.ExpiresAt) is { } first)
        {
            var left = first - _time.GetUtcNow();
            _expiry.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestTimer ? left : LongestTimer, Timeout.InfiniteTimeSpan);
        }
    }
}
