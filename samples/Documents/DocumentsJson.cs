using System.Text.Json;
using System.Text.Json.Serialization;
using BlueEdge.Samples.Documents.Conversion;
using BlueEdge.Samples.Documents.Detection;
using BlueEdge.Samples.Documents.Ocr;

namespace BlueEdge.Samples.Documents;

/// <summary>How the engines' JSON is written, made at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageMetadata))]
[JsonSerializable(typeof(DetectResult))]
[JsonSerializable(typeof(OcrResult))]
[JsonSerializable(typeof(PageStatus))]
[JsonSerializable(typeof(WarningStatus))]
internal sealed partial class DocumentsJson : JsonSerializerContext;
