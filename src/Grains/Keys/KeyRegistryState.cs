using System.Collections.Immutable;
using BlueEdge.Keys;

namespace BlueEdge.Grains.Keys;

/// <summary>All keys, as they are stored, and each change of them.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.key-registry-state")]
internal sealed record KeyRegistryState
{
    /// <summary>Another one after each change but of when keys were used.</summary>
    [Id(0)]
    public Guid Version { get; init; }

    /// <summary>The oldest first.</summary>
    [Id(1)]
    public ImmutableArray<ApiKey> Keys { get; init; } = [];

    public bool Has(string keyId) => Keys.Any(key => string.Equals(key.Id, keyId, StringComparison.Ordinal));

    /// <summary>With one more, and without those that expired long ago; <see langword="null"/> where there is no room for it.</summary>
    public KeyRegistryState? Add(ApiKey key, DateTimeOffset now)
    {
        var kept = Keys.RemoveAll(each => each.ExpiresAt + IKeyRegistryGrain.KeptAfterExpiry < now);
        return kept.Length < IKeyRegistryGrain.MostKeys ? new() { Version = Guid.NewGuid(), Keys = kept.Add(key) } : null;
    }

    public KeyRegistryState Revoke(string keyId) =>
        new() { Version = Guid.NewGuid(), Keys = Keys.RemoveAll(key => string.Equals(key.Id, keyId, StringComparison.Ordinal)) };

    /// <summary>The same keys, with when they were last used; what is older than what is known changes nothing.</summary>
    public KeyRegistryState Note(IReadOnlyDictionary<string, DateTimeOffset> uses) => uses.Count == 0 ? this : this with
    {
        Keys = [.. Keys.Select(key => uses.TryGetValue(key.Id, out var at) && !(at <= key.LastUsedAt) ? key with { LastUsedAt = at } : key)],
    };
}
