using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Conversion;

namespace BlueEdge.Samples.Tests.Documents;

public sealed class PdfFolderTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly string _root;
    private readonly PdfFolder _folder;

    public PdfFolderTests()
    {
        _root = Directory.CreateDirectory(Path.Combine(_scratch.Path, "pdfs")).FullName;
        Directory.CreateDirectory(Path.Combine(_root, "may"));
        Directory.CreateDirectory(Path.Combine(_scratch.Path, "pdfs-of-others"));
        _scratch.File("pdfs/may/report.pdf", "%PDF-1.4"u8);
        _scratch.File("secret.pdf", "%PDF-1.4"u8);
        _scratch.File("pdfs-of-others/secret.pdf", "%PDF-1.4"u8);
        File.CreateSymbolicLink(Path.Combine(_root, "linked.pdf"), Path.Combine(_scratch.Path, "secret.pdf"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "linked"), Path.Combine(_scratch.Path, "pdfs-of-others"));
        _folder = new(new() { FilesPath = _root + "/" });
    }

    [Theory]
    [InlineData("may/report.pdf")]
    [InlineData("./may/../may/report.pdf")]
    public void A_relative_path_is_looked_for_in_the_folder(string file) =>
        Assert.Equal(Path.Combine(_root, "may", "report.pdf"), _folder.Find(file));

    [Fact]
    public void An_absolute_path_inside_the_folder_is_taken() =>
        Assert.Equal(Path.Combine(_root, "may", "report.pdf"), _folder.Find(Path.Combine(_root, "may", "report.pdf")));

    [Theory]
    [InlineData("../secret.pdf")]
    [InlineData("may/../../secret.pdf")]
    [InlineData("../pdfs-of-others/secret.pdf")]
    [InlineData("/etc/passwd")]
    [InlineData("linked.pdf")]
    [InlineData("linked/secret.pdf")]
    [InlineData("may/report.pdf\0.png")]
    [InlineData(".")]
    [InlineData("")]
    public void A_path_that_leads_out_of_the_folder_is_refused(string file)
    {
        var error = Assert.Throws<DocumentException>(() => _folder.Find(file));

        Assert.Contains("does not lie in the folder", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("may/none.pdf")]
    [InlineData("may")]
    public void A_file_that_is_not_there_is_named(string file)
    {
        var error = Assert.Throws<DocumentException>(() => _folder.Find(file));

        Assert.Contains($"no file \"{file}\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_folder_no_file_can_be_named()
    {
        var error = Assert.Throws<DocumentException>(() => new PdfFolder(new()).Find("may/report.pdf"));

        Assert.Contains("BlueEdge:Documents:FilesPath", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Dispose();
}
