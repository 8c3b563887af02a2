using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.Gateway.Callers;
using BlueEdge.Keys;

namespace BlueEdge.Gateway.Keys;

/// <summary>An API key, which itself is told once only.</summary>
internal sealed record KeyData
{
    /// <summary>By what it is revoked; tells nothing of the key.</summary>
    public required string Id { get; init; }

    /// <summary>The key itself, in the answer that made it and never again.</summary>
    public string? Key { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Whose callers have it.</summary>
    public required string Tenant { get; init; }

    /// <summary>What they may do.</summary>
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is refused; left out where it never is.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to within about a minute; left out where it never was.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <param name="key">What is known of it.</param>
    /// <param name="text">The key itself, where it is to be told.</param>
    public static KeyData From(ApiKey key, string? text = null) => new()
    {
        Id = key.Id,
        Key = text,
        Name = key.Name,
        Tenant = Caller.Of(key.Tenant).Tenant,
        Roles = [.. key.Roles.Select(RoleNames.Of)],
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        LastUsedAt = key.LastUsedAt,
    };
}
