using System.Collections.Immutable;
using System.Text;
using BlueEdge.Samples.Documents.Pictures;
using BlueEdge.Samples.Documents.Processes;
using SkiaSharp;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>Reads the text on a picture with tesseract, one process a picture.</summary>
internal sealed class TesseractReader(DocumentsOptions options)
{
    /// <exception cref="DocumentException">It is no picture, or tesseract or the language is not installed.</exception>
    public async Task<OcrText> ReadAsync(ReadOnlyMemory<byte> picture, string language, CancellationToken cancellationToken)
    {
        var result = await ToolProcess.RunAsync(
            new ToolCommand
            {
                Program = options.Tesseract,
                Package = "tesseract-ocr",
                Arguments = ["stdin", "stdout", "-l", OcrLanguage.Check(language), "tsv"],

                // Several slots read side by side: more threads for each would only fight for the same cores.
                Environment = ImmutableDictionary<string, string>.Empty.Add("OMP_THREAD_LIMIT", "1"),
                Input = Readable(picture),
            },
            cancellationToken);
        OcrLanguage.ThrowIfMissing(result.Error);
        return result.ExitCode == 0
            ? TsvReader.Read(Encoding.UTF8.GetString(result.Output.Span))
            : throw new DocumentException($"tesseract cannot read the picture (exit code {result.ExitCode}): {result.Error}");
    }

    /// <summary>
    /// Only true pictures of kinds that tesseract knows too may reach it: it takes other bytes for a list of files and
    /// addresses and would open them.
    /// </summary>
    private ReadOnlyMemory<byte> Readable(ReadOnlyMemory<byte> picture)
    {
        using var file = PictureFile.Open(picture, options);
        if (file.Codec.EncodedFormat is SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg)
        {
            return picture;
        }

        using var bitmap = file.Decode(SKColorType.Rgba8888);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }
}
