using System.Security.Claims;
using BlueEdge.Callers;
using BlueEdge.Keys;

namespace BlueEdge.Gateway.Auth;

/// <summary>A key that counts, as this gateway knows it, with all that requests with it share.</summary>
#pragma warning disable CA1001 // The source holds nothing to dispose, and requests that end late still look at its token.
internal sealed class KnownKey(string id, Caller caller, IEnumerable<CallerRole> roles, DateTimeOffset? expiresAt)
#pragma warning restore CA1001
{
    /// <summary>How much newer a use has to be to be noted.</summary>
    private static readonly long Fine = TimeSpan.FromSeconds(1).Ticks;

    private readonly CancellationTokenSource _end = new();
    private long _usedAt;
    private int _isToBeTold;

    public string Id => id;

    public Caller Caller => caller;

    public DateTimeOffset? ExpiresAt => expiresAt;

    /// <summary>Fires when the key is revoked or has expired.</summary>
    public CancellationToken Ended => _end.Token;

    public ClaimsPrincipal Principal { get; } = Callers.Principals.Of(id, roles);

    /// <summary>When it was last used at this gateway.</summary>
    public DateTimeOffset UsedAt => new(Volatile.Read(ref _usedAt), TimeSpan.Zero);

    public static KnownKey From(ApiKey key) => new(key.Id, Caller.Of(key.Tenant), key.Roles, key.ExpiresAt);

    public bool IsExpired(DateTimeOffset now) => expiresAt <= now;

    /// <summary>Notes a use, and says whether it is the first since <see cref="TakeUse"/>.</summary>
    public bool Use(DateTimeOffset now)
    {
        if (now.UtcTicks - Volatile.Read(ref _usedAt) < Fine)
        {
            return false;
        }

        Volatile.Write(ref _usedAt, now.UtcTicks);
        return Volatile.Read(ref _isToBeTold) == 0 && Interlocked.Exchange(ref _isToBeTold, 1) == 0;
    }

    /// <summary>When it was last used, which is told now.</summary>
    public KeyUse TakeUse()
    {
        Volatile.Write(ref _isToBeTold, 0);
        return new(id, UsedAt);
    }

    /// <summary>Ends what is open with it.</summary>
    public void End() => _end.Cancel();
}
