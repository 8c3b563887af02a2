using BlueEdge.Samples.ScannedPdf;

// Run from the repository's root: dotnet run --project samples/data/make
var folder = args is [var given] ? given : Path.Combine("samples", "data");
var manuscript = Manuscript.Parse(await File.ReadAllLinesAsync(Path.Combine(folder, "make", "manuscript.txt")));

using var fonts = FontSet.Load();
var typesetter = new Typesetter(fonts);
await using (var file = File.Create(Path.Combine(folder, "scanned.pdf")))
{
    ScanWriter.Write(file, manuscript.Select((page, index) =>
    {
        using var sheet = typesetter.Set(page);
        return Scanner.Scan(sheet, page, seed: index + 11);
    }));
}

await File.WriteAllLinesAsync(Path.Combine(folder, "scanned.sentences.txt"), Sentences.Of(manuscript));
