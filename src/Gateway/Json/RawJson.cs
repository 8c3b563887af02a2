using System.Text.Json.Serialization;

namespace BlueEdge.Gateway.Json;

/// <summary>A JSON value that goes into an answer as it is, however deep.</summary>
/// <param name="Utf8">Its text; what engines write is to be checked before.</param>
[JsonConverter(typeof(RawJsonConverter))]
internal readonly record struct RawJson(ReadOnlyMemory<byte> Utf8);
