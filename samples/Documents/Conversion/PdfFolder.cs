namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>The folder whose PDFs sessions may name; nothing outside of it can be reached.</summary>
internal sealed class PdfFolder(DocumentsOptions options)
{
    /// <param name="file">A path relative to the folder, or an absolute one inside it.</param>
    /// <returns>The file's full path.</returns>
    /// <exception cref="DocumentException">There is no such folder or file, or the path leads out of the folder.</exception>
    public string Find(string file)
    {
        if (string.IsNullOrEmpty(options.FilesPath))
        {
            throw new DocumentException("PDFs cannot be named by file here. Set BlueEdge:Documents:FilesPath, or send the PDF as base64.");
        }

        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.FilesPath));
        var path = file.Contains('\0', StringComparison.Ordinal) ? root : Path.GetFullPath(file, root);
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) || LeadsThroughLink(path, root))
        {
            throw new DocumentException($"\"{file}\" does not lie in the folder for PDFs. Name a file below it, without \"..\" and links.");
        }

        return File.Exists(path) ? path : throw new DocumentException($"There is no file \"{file}\" in the folder for PDFs.");
    }

    // A link inside the folder may point to anywhere outside.
    private static bool LeadsThroughLink(string path, string root)
    {
        for (var part = path; part.Length > root.Length; part = Path.GetDirectoryName(part) ?? root)
        {
            if (new FileInfo(part).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}
