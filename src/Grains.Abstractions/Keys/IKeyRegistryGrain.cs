using System.Collections.Immutable;
using Orleans.Concurrency;

namespace BlueEdge.Keys;

/// <summary>The keys of all callers of the API; there is one, with the key <see cref="Key"/>. Every call may be made twice.</summary>
[Alias("blueedge.key-registry")]
public interface IKeyRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>The grain's key.</summary>
    const long Key = 0;

    /// <summary>So many keys there may be, those included that expired less than <see cref="KeptAfterExpiry"/> ago.</summary>
    const int MostKeys = 1_000;

    /// <summary>For how long an expired key is listed.</summary>
    static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(30);

    /// <summary>Adds a key, which is stored once this returns; one whose id is known changes nothing.</summary>
    [Alias("add")]
    Task<KeyAddOutcome> AddAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>Removes a key. <see langword="false"/> where there is none of that id.</summary>
    [Alias("revoke")]
    Task<bool> RevokeAsync(string keyId, CancellationToken cancellationToken);

    /// <summary>Notes when keys were used last; it is stored within a minute or so.</summary>
    [Alias("note-uses")]
    Task NoteUsesAsync(ImmutableArray<KeyUse> uses, CancellationToken cancellationToken);

    /// <summary>All keys as they are now.</summary>
    [Alias("list")]
    Task<KeyList> ListAsync(CancellationToken cancellationToken);

    /// <summary>All keys, once they are others than those of a version, or the time is over. When they were last used does not count.</summary>
    /// <param name="known">What the caller knows; <see langword="null"/> for nothing.</param>
    /// <param name="atMost">How long to wait; at most 20 s.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("follow"), AlwaysInterleave]
    Task<KeyList> FollowAsync(Guid? known, TimeSpan atMost, CancellationToken cancellationToken);
}
