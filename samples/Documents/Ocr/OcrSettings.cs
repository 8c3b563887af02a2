using System.Text.Json;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>What <c>ocr</c> takes on Control; it counts for the pictures that come after it.</summary>
/// <param name="Language">As tesseract names it; several as <c>eng+deu</c>.</param>
/// <param name="PageSegmentation">What tesseract takes a picture for: its option <c>--psm</c>.</param>
/// <param name="SkipBadPages">Whether a picture that cannot be read is left out, and not the end of all.</param>
internal sealed record OcrSettings(string Language, int PageSegmentation, bool SkipBadPages)
{
    // 0 and 2 give no text.
    private const string PageSegmentations = "1 or 3 to 13, as tesseract numbers them: 3 a page (unless given), 4 a column, 6 a block, 7 a line, 8 a word, 11 words here and there";

    public static OcrSettings Default { get; } = new(OcrLanguage.Default, 3, SkipBadPages: true);

    /// <summary>These settings with what the message changes.</summary>
    /// <exception cref="DocumentException">The message says what is wrong.</exception>
    public OcrSettings With(JsonElement control)
    {
        ControlMembers.ThrowIfNoObject(control);
        return new(
            OcrLanguage.Parse(control) ?? Language,
            ReadPageSegmentation(control) ?? PageSegmentation,
            ControlMembers.Find(control, "onPageError") is null ? SkipBadPages : ControlMembers.SkipsBadPages(control));
    }

    /// <summary>What to say of members that are not read; null where there are none.</summary>
    public static string? Unknown(JsonElement control) => ControlMembers.Unknown(control, "language", "languages", "pageSegmentation", "onPageError");

    private static int? ReadPageSegmentation(JsonElement control) => ControlMembers.Find(control, "pageSegmentation") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && number is 1 or (>= 3 and <= 13) => number,
        { } value => throw new DocumentException($"pageSegmentation is {ControlMembers.Shown(value)}; it must be {PageSegmentations}."),
    };
}
