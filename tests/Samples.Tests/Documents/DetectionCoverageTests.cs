namespace BlueEdge.Samples.Tests.Documents;

/// <summary>The boxes of pages of many kinds against the words on them.</summary>
public sealed class DetectionCoverageTests(CoveredPages pages) : IClassFixture<CoveredPages>
{
    [Fact]
    public void At_most_one_of_a_hundred_words_that_tesseract_reads_lies_in_no_box() =>
        AssertShare(pages.All.Sum(page => page.ReadInNoBox.Count()), pages.All.Sum(page => page.Read.Count), percent: 1);

    [Fact]
    public void At_most_one_of_a_hundred_words_that_were_written_lies_in_no_box() =>
        AssertShare(pages.All.Sum(page => page.WrittenInNoBox.Count()), pages.All.Sum(page => page.Written.Count), percent: 1);

    [Fact]
    public void No_kind_of_page_loses_more_than_one_of_twenty() => // One word of a page with few counts for more than that, and none may be lost there.
        Assert.All(pages.All, page => AssertShare(page.ReadInNoBox.Count(), page.Read.Count, percent: 5));

    [Fact]
    public void Boxes_are_about_as_large_as_their_words() =>
        Assert.All(pages.All, page => Assert.True(page.Spread <= 3, page.ToString()));

    [Theory]
    [InlineData("two columns", 3)]
    [InlineData("two columns, crooked", 3)]
    [InlineData("three narrow columns", 4)]
    [InlineData("one word", 1)]
    public void A_title_and_each_column_are_boxes_of_their_own(string kind, int boxes)
    {
        var page = pages.All.Single(page => page.Kind == kind);

        Assert.True(page.Boxes.Count == boxes, page.ToString());
    }

    private void AssertShare(int lost, int all, int percent) =>
        Assert.True(lost * 100 <= all * percent, $"{lost} of {all} words are in no box:\n{string.Join('\n', pages.All)}");
}
