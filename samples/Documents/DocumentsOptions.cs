using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Samples.Documents;

/// <summary>The settings under <c>BlueEdge:Documents</c>. Every default works on a Debian machine with the packages named here.</summary>
public sealed class DocumentsOptions
{
    /// <summary>The folder whose PDFs a session may name as <c>{"file": …}</c>; null (the default) allows none.</summary>
    public string? FilesPath { get; set; }

    /// <summary>The program that draws a PDF's pages; of the package poppler-utils.</summary>
    [Required]
    public string PdfToPpm { get; set; } = "pdftoppm";

    /// <summary>The program that counts a PDF's pages; of the package poppler-utils.</summary>
    [Required]
    public string PdfInfo { get; set; } = "pdfinfo";

    /// <summary>The program that reads text in pictures; of the package tesseract-ocr.</summary>
    [Required]
    public string Tesseract { get; set; } = "tesseract";

    /// <summary>The largest page or picture that is worked on, in millions of pixels; 100 by default. A4 at 600 dpi has 35.</summary>
    [Range(1, 1000)]
    public int MaxMegapixels { get; set; } = 100;

    /// <summary>The most pages of a document, and frames of a picture, that are worked on; 1,000 by default.</summary>
    [Range(1, 100_000)]
    public int MaxPages { get; set; } = 1000;

    /// <summary>The longest that drawing a page may take, in seconds; 30 by default.</summary>
    [Range(1, 3600)]
    public int DrawSeconds { get; set; } = 30;

    /// <summary>The longest that reading a page may take, in seconds; 120 by default.</summary>
    [Range(1, 3600)]
    public int ReadSeconds { get; set; } = 120;

    /// <summary>The most memory that a tool may take for a page, in megabytes; 2,048 by default.</summary>
    [Range(256, 65536)]
    public int ToolMegabytes { get; set; } = 2048;
}
