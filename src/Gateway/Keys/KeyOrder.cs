using System.Collections.Immutable;
using BlueEdge.Callers;

namespace BlueEdge.Gateway.Keys;

/// <summary>Which key is to be made, as far as that is left open by whoever makes it.</summary>
internal sealed record KeyOrder(string Name, Caller Caller, ImmutableArray<CallerRole> Roles, DateTimeOffset? ExpiresAt);
