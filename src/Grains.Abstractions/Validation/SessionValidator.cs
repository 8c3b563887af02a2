using System.Collections.Immutable;
using BlueEdge.Engines;
using BlueEdge.Sessions;

namespace BlueEdge.Validation;

/// <summary>Temporary.</summary>
public static class SessionValidator
{
    /// <summary>Temporary.</summary>
    public static ImmutableArray<Fault> Validate(SessionSpec spec, IReadOnlyDictionary<string, EngineDefinition> engines, SessionLimits limits) => spec is null || engines is null || limits is null ? throw new InvalidOperationException() : [];
}
