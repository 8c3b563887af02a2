using System.Text.Json;
using System.Text.Json.Serialization;

namespace BlueEdge.KestrelPeer;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Accepted))]
internal sealed partial class AcceptedJson : JsonSerializerContext;
