using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions.Records;

/// <summary>A session as the store has it.</summary>
/// <param name="Version">Grows by one with each write; 0 where there is no such session.</param>
/// <param name="State">The state.</param>
/// <param name="Spec">The spec, or <see langword="null"/> where there is no such session.</param>
public sealed record StoredSession(long Version, SessionState State, SessionSpec? Spec);
