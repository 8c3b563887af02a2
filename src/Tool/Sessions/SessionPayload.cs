using System.Text.Json;

namespace BlueEdge.Tool.Sessions;

/// <summary>One item to feed in.</summary>
/// <param name="Type">The type of what takes it.</param>
/// <param name="Value">As the API has it.</param>
internal sealed record SessionPayload(string Type, JsonElement Value);
