using System.Collections.Immutable;

namespace BlueEdge.Gateway.Keys;

/// <summary>The list of keys.</summary>
internal sealed record KeysData
{
    /// <summary>All keys of all tenants, the oldest first; revoked ones are gone, expired ones stay for 30 days.</summary>
    public required ImmutableArray<KeyData> Keys { get; init; }
}
