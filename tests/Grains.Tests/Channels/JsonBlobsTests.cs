using System.Text;
using BlueEdge.Grains.Channels;

namespace BlueEdge.Grains.Tests.Channels;

public sealed class JsonBlobsTests
{
    [Theory]
    [InlineData("""{"blob":"blob-a"}""", "blob-a")]
    [InlineData("""{"pdf": { "blob" : "blob-a" }, "dpi": 3, "more": [1, [{"blob":"blob-b"}], {"blob":"blob-a"}]}""", "blob-a,blob-b")]
    [InlineData("""[{"blob":"blob-a"},{"blob":"blob-b"}]""", "blob-a,blob-b")]
    public void References_are_found_wherever_they_stand(string json, string ids) =>
        Assert.Equal(ids.Split(','), JsonBlobs.Find(Encoding.UTF8.GetBytes(json)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("\"blob-a\"")]
    [InlineData("""["blob-a"]""")]
    [InlineData("""{"blob":"a"}""")]
    [InlineData("""{"blob":["blob-a"]}""")]
    [InlineData("""{"blob":{"id":"blob-a"}}""")]
    [InlineData("""{"blob":"blob-a","more":1}""")]
    [InlineData("""{"more":1,"blob":"blob-a"}""")]
    [InlineData("""{"blob":"blob-a","blob":"blob-b"}""")]
    [InlineData("""{"\ud800":"blob-a"}""")]
    [InlineData("""{"blob":"blob-a",""")]
    public void Anything_else_is_data(string json) => Assert.Empty(JsonBlobs.Find(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Depth_is_no_matter()
    {
        var json = $"{new string('[', 100_000)}{{\"blob\":\"blob-a\"}}{new string(']', 100_000)}";

        Assert.Equal(["blob-a"], JsonBlobs.Find(Encoding.UTF8.GetBytes(json)));
    }
}
