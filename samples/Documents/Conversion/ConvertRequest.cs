using System.Text.Json;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>What <c>pdf-convert</c> takes on Control: a PDF, given or named, and how finely to draw it.</summary>
/// <param name="Content">The PDF itself, or null where it is named.</param>
/// <param name="File">The PDF's name, or null where it is given.</param>
/// <param name="Dpi">Pixels an inch.</param>
internal sealed record ConvertRequest(byte[]? Content, string? File, int Dpi)
{
    /// <summary>The id of the PDF's upload, or null where it is given or named otherwise.</summary>
    public string? Blob { get; init; }

    /// <exception cref="DocumentException">The message says what is missing or wrong.</exception>
    public static ConvertRequest Parse(JsonElement control)
    {
        if (control.ValueKind != JsonValueKind.Object || !control.TryGetProperty("pdf", out var pdf))
        {
            throw new DocumentException("Control has no \"pdf\". Send {\"pdf\": \"<base64>\"} or {\"pdf\": {\"file\": \"<path>\"}}.");
        }

        return pdf.ValueKind switch
        {
            JsonValueKind.String when pdf.TryGetBytesFromBase64(out var content) => new(content, null, ReadDpi(control)),
            JsonValueKind.String => throw new DocumentException("\"pdf\" is not base64. Encode the file's bytes, or send {\"pdf\": {\"file\": \"<path>\"}}."),
            JsonValueKind.Object when pdf.TryGetProperty("file", out var file) && file.ValueKind == JsonValueKind.String =>
                new(null, file.GetString(), ReadDpi(control)),
            JsonValueKind.Object when pdf.TryGetProperty("blob", out var blob) && blob.ValueKind == JsonValueKind.String =>
                new(null, null, ReadDpi(control)) { Blob = blob.GetString() },
            _ => throw new DocumentException("\"pdf\" must be a base64 string, {\"blob\": \"<id of an upload>\"} or {\"file\": \"<path>\"}."),
        };
    }

    private static int ReadDpi(JsonElement control)
    {
        if (!control.TryGetProperty("dpi", out var dpi) || dpi.ValueKind == JsonValueKind.Null)
        {
            return PdfRenderer.DefaultDpi;
        }

        return dpi.ValueKind == JsonValueKind.Number && dpi.TryGetInt32(out var value)
            ? PdfRenderer.CheckDpi(value)
            : throw new DocumentException($"dpi is {dpi.GetRawText()}; it must be a whole number from {PdfRenderer.MinDpi} to {PdfRenderer.MaxDpi}.");
    }
}
