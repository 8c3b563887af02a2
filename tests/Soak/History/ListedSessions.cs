using System.Collections.Immutable;

namespace BlueEdge.Soak.History;

/// <summary>The sessions in a list, all its pages.</summary>
internal sealed record ListedSessions(string Gateway, string Status, ImmutableArray<string> SessionIds);
