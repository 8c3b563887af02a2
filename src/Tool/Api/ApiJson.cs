using System.Text.Json;
using System.Text.Json.Serialization;

namespace BlueEdge.Tool.Api;

/// <summary>
/// How answers are read, made at build time: a command has no time to look at types. What is read has setters, for in
/// generated code a member with <c>init</c> that an answer leaves out loses its default.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata, MaxDepth = 10_000)]
[JsonSerializable(typeof(DeliveryInfo))]
[JsonSerializable(typeof(EngineInfo))]
[JsonSerializable(typeof(ErrorInfo))]
[JsonSerializable(typeof(IReadOnlyList<Fault>))]
[JsonSerializable(typeof(IReadOnlyList<WarningInfo>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(List<EngineInfo>))]
[JsonSerializable(typeof(List<JsonElement>))]
[JsonSerializable(typeof(SessionInfo))]
[JsonSerializable(typeof(WebhookInfo))]
internal sealed partial class ApiJson : JsonSerializerContext;
