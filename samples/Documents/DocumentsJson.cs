using System.Text.Json;
using System.Text.Json.Serialization;
using BlueEdge.Samples.Documents.Conversion;
using BlueEdge.Samples.Documents.Detection;
using BlueEdge.Samples.Documents.Ocr;

namespace BlueEdge.Samples.Documents;

/// <summary>How the engines' JSON is read and written, made at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ImageMetadata))]
[JsonSerializable(typeof(DetectResult))]
[JsonSerializable(typeof(OcrControl))]
[JsonSerializable(typeof(OcrResult))]
[JsonSerializable(typeof(PageStatus))]
internal sealed partial class DocumentsJson : JsonSerializerContext;
