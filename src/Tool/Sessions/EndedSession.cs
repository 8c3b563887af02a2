using System.Text.Json;
using BlueEdge.Tool.Api;

namespace BlueEdge.Tool.Sessions;

/// <summary>A session at its end.</summary>
/// <param name="Info">What is known of it.</param>
/// <param name="Data">The same, as the server says it.</param>
internal sealed record EndedSession(SessionInfo Info, JsonElement Data);
