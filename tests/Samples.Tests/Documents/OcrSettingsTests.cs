using System.Text.Json;
using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Ocr;

namespace BlueEdge.Samples.Tests.Documents;

public sealed class OcrSettingsTests
{
    [Theory]
    [InlineData("""{}""", "eng", 3, true)]
    [InlineData("""{"language": "deu"}""", "deu", 3, true)]
    [InlineData("""{"language": null, "languages": ["eng", "deu"]}""", "eng+deu", 3, true)]
    [InlineData("""{"languages": "eng+deu"}""", "eng+deu", 3, true)]
    [InlineData("""{"pageSegmentation": 6, "onPageError": "fail"}""", "eng", 6, false)]
    public void What_control_says_counts(string control, string language, int segmentation, bool skip) =>
        Assert.Equal(new OcrSettings(language, segmentation, skip), With(control));

    [Theory]
    [InlineData("""[]""", "it must be an object")]
    [InlineData("""{"language": 5}""", "language is 5; it must be a name")]
    [InlineData("""{"languages": []}""", "languages is []; it must be a name")]
    [InlineData("""{"languages": [5]}""", "languages is [5]; it must be a name")]
    [InlineData("""{"language": "eng", "languages": ["eng"]}""", "send one of them")]
    [InlineData("""{"languages": ["../x"]}""", "is not a language")]
    [InlineData("""{"pageSegmentation": 0}""", "1 or 3 to 13")]
    [InlineData("""{"pageSegmentation": "6"}""", "1 or 3 to 13")]
    [InlineData("""{"onPageError": "skipp"}""", "must be \"skip\" or \"fail\"")]
    public void What_is_wrong_is_said_with_what_is_allowed(string control, string message) =>
        Assert.Contains(message, Assert.Throws<DocumentException>(() => With(control)).Message, StringComparison.Ordinal);

    [Fact]
    public void Members_that_are_not_read_are_named()
    {
        using var control = JsonDocument.Parse("""{"Language": "deu", "dpi": 3}""");

        Assert.Contains("\"Language\" (write \"language\"), \"dpi\"", OcrSettings.Unknown(control.RootElement), StringComparison.Ordinal);
    }

    private static OcrSettings With(string json)
    {
        using var control = JsonDocument.Parse(json);
        return OcrSettings.Default.With(control.RootElement);
    }
}
