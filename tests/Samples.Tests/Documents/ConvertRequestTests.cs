using System.Text.Json;
using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Conversion;

namespace BlueEdge.Samples.Tests.Documents;

public sealed class ConvertRequestTests
{
    [Fact]
    public void A_PDF_may_be_given_and_is_drawn_with_200_dpi_unless_told_otherwise()
    {
        var request = Parse("""{"pdf": "JVBERg=="}""");

        Assert.Equal("%PDF"u8, request.Content ?? []);
        Assert.Null(request.File);
        Assert.Equal(200, request.Dpi);
    }

    [Fact]
    public void A_PDF_may_be_named()
    {
        var request = Parse("""{"pdf": {"file": "a/b.pdf"}, "dpi": 72}""");

        Assert.Null(request.Content);
        Assert.Equal("a/b.pdf", request.File);
        Assert.Equal(72, request.Dpi);
    }

    [Theory]
    [InlineData("""{}""", "no \"pdf\"")]
    [InlineData("""[1]""", "no \"pdf\"")]
    [InlineData("""null""", "no \"pdf\"")]
    [InlineData("""{"pdf": null}""", "base64 string")]
    [InlineData("""{"pdf": 7}""", "base64 string")]
    [InlineData("""{"pdf": {"file": 7}}""", "base64 string")]
    [InlineData("""{"pdf": "%PDF-1.4"}""", "not base64")]
    [InlineData("""{"pdf": "", "dpi": "200"}""", "dpi is \"200\"")]
    [InlineData("""{"pdf": "", "dpi": 72.5}""", "dpi is 72.5")]
    [InlineData("""{"pdf": "", "dpi": 99999999999}""", "36 to 600")]
    [InlineData("""{"pdf": "", "dpi": 35}""", "36 to 600")]
    [InlineData("""{"pdf": "", "pages": ""}""", "such as \"1,3-5,9-\"")]
    [InlineData("""{"pdf": "", "pages": "0"}""", "pages is \"0\"")]
    [InlineData("""{"pdf": "", "pages": "5-3"}""", "pages is \"5-3\"")]
    [InlineData("""{"pdf": "", "pages": "1,,2"}""", "such as")]
    [InlineData("""{"pdf": "", "pages": [1]}""", "such as")]
    [InlineData("""{"pdf": "", "pages": "99999999999"}""", "such as")]
    [InlineData("""{"pdf": "", "password": 5}""", "1 to 32 bytes")]
    [InlineData("""{"pdf": "", "password": "123456789012345678901234567890123"}""", "1 to 32 bytes")]
    [InlineData("""{"pdf": "", "onPageError": true}""", "\"skip\" or \"fail\"")]
    public void What_is_wrong_is_said(string control, string message)
    {
        var error = Assert.Throws<DocumentException>(() => Parse(control));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static ConvertRequest Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ConvertRequest.Parse(document.RootElement);
    }
}
