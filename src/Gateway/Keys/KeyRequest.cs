using System.Collections.Immutable;

namespace BlueEdge.Gateway.Keys;

/// <summary>Which key to make.</summary>
internal sealed record KeyRequest
{
    /// <summary>What people call it, 1 to 256 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Whose callers get it: 1 to 64 of a to z, 0 to 9, - and _; <c>default</c> where it is left out.</summary>
    public string? Tenant { get; init; }

    /// <summary>What they may do, one or more of <c>viewer</c>, <c>submitter</c>, <c>operator</c> and <c>admin</c>.</summary>
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>From when on it is refused; never where it is left out.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
