using System.Text.Json;
using System.Text.Json.Serialization;

namespace BlueEdge.Samples.Basics;

/// <summary>How the engines' JSON is read and written, made at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HelloControl))]
[JsonSerializable(typeof(HelloResult))]
[JsonSerializable(typeof(DelayControl))]
[JsonSerializable(typeof(DelayResult))]
[JsonSerializable(typeof(FailControl))]
internal sealed partial class BasicsJson : JsonSerializerContext;
