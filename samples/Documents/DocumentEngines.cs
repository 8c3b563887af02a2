using BlueEdge.Samples.Documents.Conversion;
using BlueEdge.Samples.Documents.Detection;
using BlueEdge.Samples.Documents.Ocr;
using BlueEdge.Settings;

namespace BlueEdge.Samples.Documents;

/// <summary>Adds the document engines to a silo.</summary>
public static class DocumentEngines
{
    /// <summary>Adds <c>pdf-convert</c>, <c>text-detect</c> and <c>ocr</c>, set by <c>BlueEdge:Documents</c>.</summary>
    public static ISiloBuilder AddDocumentEngines(this ISiloBuilder silo)
    {
        silo.Services.AddSettings<DocumentsOptions>("BlueEdge:Documents");
        return silo
            .AddEngine<PdfConvertEngine>()
            .AddEngine<TextDetectEngine>()
            .AddEngine<OcrEngine>();
    }
}
