using BlueEdge.Sessions;
using BlueEdge.Testing;

namespace TextEngines;

public sealed class WordCountEngineTests
{
    [Fact]
    public async Task It_counts_words()
    {
        await using var engine = await EngineTestHarness.StartAsync<WordCountEngine>();

        await engine.SendAsync("Text", new { text = "to be or not to be" });
        await engine.SendAsync("Text", new { text = "" });
        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Finished, end.Status);
        var counts = await engine.ReadAllAsync("Count");
        Assert.Equal(["""{"words":6}""", """{"words":0}"""], counts.Select(count => count.Text));
    }

    [Fact]
    public async Task It_says_what_it_wants()
    {
        await using var engine = await EngineTestHarness.StartAsync<WordCountEngine>();

        await engine.SendJsonAsync("Text", """{"txt": "to be"}""");

        var end = await engine.WaitForEndAsync();
        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains("Text wants", end.Error, StringComparison.Ordinal);
    }
}
