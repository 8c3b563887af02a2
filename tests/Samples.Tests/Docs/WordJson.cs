using System.Text.Json;
using System.Text.Json.Serialization;

namespace Words;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Review))]
[JsonSerializable(typeof(Sentiment))]
internal sealed partial class WordJson : JsonSerializerContext;
