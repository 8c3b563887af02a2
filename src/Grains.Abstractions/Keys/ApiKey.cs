using System.Collections.Immutable;
using BlueEdge.Callers;

namespace BlueEdge.Keys;

/// <summary>What is known of a key by which callers of the API are told apart: all but the key itself.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.api-key")]
public sealed record ApiKey
{
    /// <summary>By what it is revoked; tells nothing of the key.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>SHA-256 of the key's text, in 64 hexadecimal digits.</summary>
    [Id(1)]
    public required string Hash { get; init; }

    /// <summary>What people call it.</summary>
    [Id(2)]
    public required string Name { get; init; }

    /// <summary>Whose callers have it; <see langword="null"/> for the default tenant.</summary>
    [Id(3)]
    public string? Tenant { get; init; }

    /// <summary>What its callers may do, each role once.</summary>
    [Id(4)]
    public required ImmutableArray<CallerRole> Roles { get; init; }

    /// <summary>When it was made.</summary>
    [Id(5)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is refused; <see langword="null"/> for never.</summary>
    [Id(6)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to within about a minute; <see langword="null"/> where it never was.</summary>
    [Id(7)]
    public DateTimeOffset? LastUsedAt { get; init; }
}
