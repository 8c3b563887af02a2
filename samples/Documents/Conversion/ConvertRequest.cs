using System.Text;
using System.Text.Json;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>What <c>pdf-convert</c> takes on Control: a PDF, given or named, and how to draw it.</summary>
internal sealed record ConvertRequest
{
    // pdftoppm cuts longer ones, and would say that the password is wrong.
    private const int LongestPassword = 32;

    /// <summary>The PDF itself, or null where it is named.</summary>
    public byte[]? Content { get; init; }

    /// <summary>The id of the PDF's upload, or null where it is given or named otherwise.</summary>
    public string? Blob { get; init; }

    /// <summary>The PDF's name, or null where it is given.</summary>
    public string? File { get; init; }

    /// <summary>Pixels an inch.</summary>
    public required int Dpi { get; init; }

    /// <summary>The pages to draw.</summary>
    public required PageRanges Pages { get; init; }

    /// <summary>What opens the PDF; null where nothing is needed.</summary>
    public string? Password { get; init; }

    /// <summary>Whether a page that cannot be drawn is left out, and not the end of all.</summary>
    public required bool SkipBadPages { get; init; }

    /// <summary>What to say of members that are not read; null where there are none.</summary>
    public string? Unknown { get; init; }

    /// <exception cref="DocumentException">The message says what is missing or wrong.</exception>
    public static ConvertRequest Parse(JsonElement control)
    {
        if (control.ValueKind != JsonValueKind.Object || !control.TryGetProperty("pdf", out var pdf))
        {
            throw new DocumentException("Control has no \"pdf\". Send {\"pdf\": \"<base64>\"} or {\"pdf\": {\"file\": \"<path>\"}}.");
        }

        var request = new ConvertRequest
        {
            Dpi = ReadDpi(control),
            Pages = ControlMembers.Find(control, "pages") is { } pages ? PageRanges.Parse(pages) : PageRanges.All,
            Password = ReadPassword(control),
            SkipBadPages = ControlMembers.SkipsBadPages(control),
            Unknown = ControlMembers.Unknown(control, "pdf", "dpi", "pages", "password", "onPageError"),
        };
        return pdf.ValueKind switch
        {
            JsonValueKind.String when pdf.TryGetBytesFromBase64(out var content) => request with { Content = content },
            JsonValueKind.String => throw new DocumentException("\"pdf\" is not base64. Encode the file's bytes, or send {\"pdf\": {\"file\": \"<path>\"}}."),
            JsonValueKind.Object when pdf.TryGetProperty("file", out var file) && file.ValueKind == JsonValueKind.String =>
                request with { File = file.GetString() },
            JsonValueKind.Object when pdf.TryGetProperty("blob", out var blob) && blob.ValueKind == JsonValueKind.String =>
                request with { Blob = blob.GetString() },
            _ => throw new DocumentException("\"pdf\" must be a base64 string, {\"blob\": \"<id of an upload>\"} or {\"file\": \"<path>\"}."),
        };
    }

    private static int ReadDpi(JsonElement control) => ControlMembers.Find(control, "dpi") switch
    {
        null => PdfRenderer.DefaultDpi,
        { ValueKind: JsonValueKind.Number } dpi when dpi.TryGetInt32(out var value) => PdfRenderer.CheckDpi(value),
        { } dpi => throw new DocumentException($"dpi is {ControlMembers.Shown(dpi)}; it must be a whole number from {PdfRenderer.MinDpi} to {PdfRenderer.MaxDpi}."),
    };

    private static string? ReadPassword(JsonElement control) => ControlMembers.Find(control, "password") switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value when value.GetString() is { } password
            && password.Length > 0 && Encoding.UTF8.GetByteCount(password) <= LongestPassword && !password.Contains('\0', StringComparison.Ordinal) => password,
        _ => throw new DocumentException($"password must be a string of 1 to {LongestPassword} bytes."),
    };
}
