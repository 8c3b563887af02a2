using BlueEdge.Channels;
using BlueEdge.Sessions;
using BlueEdge.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Words;

/// <summary>The engines of docs/engine-authors.md do what the page says of them.</summary>
public sealed class MoreEngineTests
{
    [Fact]
    public async Task An_engine_without_attributes_is_what_its_definition_says()
    {
        await using var engine = await EngineTestHarness.StartAsync<EchoEngine>(setup => setup.Definition
            .WithId("echo")
            .WithInput("In", BlueEdge.Channels.ChannelType.File)
            .WithOutput("Out", BlueEdge.Channels.ChannelType.File));

        await engine.SendAsync("In", "abc"u8.ToArray(), "text/plain");

        Assert.Equal("abc", (await engine.ReadAsync("Out")).Text);
    }

    [Fact]
    public async Task Fields_hold_what_came_before()
    {
        await using var engine = await EngineTestHarness.StartAsync<CaptionEngine>();

        await engine.SendAsync("Picture", new byte[] { 1 }, "image/png");
        await engine.SendAsync("Title", "holiday");
        await engine.SendAsync("Picture", new byte[] { 1, 2 }, "image/jpeg");
        await engine.FinishAsync();

        Assert.Equal(
            [
                """{"title":"untitled","number":1,"bytes":1,"mediaType":"image/png"}""",
                """{"title":"holiday","number":2,"bytes":2,"mediaType":"image/jpeg"}""",
            ],
            (await engine.ReadAllAsync("Captioned")).Select(item => item.Text));
    }

    [Fact]
    public async Task What_is_made_of_an_item_keeps_its_key_and_says_more()
    {
        await using var engine = await EngineTestHarness.StartAsync<ChaptersEngine>();

        await engine.SendAsync("Book", Payload.Json("""["once", "twice"]"""u8.ToArray()).With(new() { Key = "tales" }));
        await engine.SendAsync("Book", Array.Empty<string>());
        await engine.FinishAsync();

        var chapters = await engine.ReadAllAsync("Chapter");
        Assert.All(chapters, chapter => Assert.Equal("tales", chapter.Key));
        Assert.Equal(["""{"number":0}""", """{"number":1}"""], chapters.Select(chapter => $"{chapter.Attributes}"));
        Assert.Equal(["tales", "1"], (await engine.ReadAllAsync("Shelf")).Select(book => book.Key));
    }

    [Fact]
    public async Task What_is_skipped_is_warned_of()
    {
        await using var engine = await EngineTestHarness.StartAsync<SumEngine>();

        await engine.SendAsync("Row", 2);
        await engine.SendAsync("Row", "three");
        await engine.SendAsync("Row", 4);
        var end = await engine.FinishAsync();

        Assert.Equal(6, await engine.ReadAsync<double>("Sum"));
        Assert.Equal("Row 1 is String where a number is wanted; it is not in the sum.", Assert.Single(end.Warnings).Message);
    }

    [Fact]
    public async Task A_model_comes_from_dependency_injection()
    {
        await using var engine = await EngineTestHarness.StartAsync<SentimentEngine>(setup => setup.Services.AddSingleton<SentimentModel>());

        await engine.SendAsync("Review", new { text = "good food" });

        Assert.Equal("""{"score":0.5}""", (await engine.ReadAsync("Score")).Text);
    }

    [Fact]
    public async Task A_large_text_is_split_into_lines()
    {
        await using var engine = await EngineTestHarness.StartAsync<LinesEngine>(setup => setup.ClaimCheckBytes = 16);
        using var text = new MemoryStream("one line\nanother line\nand a last one"u8.ToArray());

        await engine.SendAsync("Text", text, "text/plain");
        await engine.FinishAsync();

        Assert.Equal(["one line", "another line", "and a last one"], await engine.ReadAllAsync<string>("Line"));
    }

    [Fact]
    public async Task A_program_works_in_the_temporary_folder()
    {
        await using var engine = await EngineTestHarness.StartAsync<SortEngine>();

        await engine.SendAsync("Text", "b\na\n"u8.ToArray(), "text/plain");

        Assert.Equal("a\nb\n", (await engine.ReadAsync("Sorted")).Text);
        await engine.FinishAsync();
        Assert.False(Directory.Exists(engine.TemporaryFolder));
    }

    [Fact]
    public async Task An_engine_can_finish_while_others_still_write_to_it()
    {
        await using var engine = await EngineTestHarness.StartAsync<PatienceEngine>();

        await engine.SendAsync("Control", 2);
        await engine.SendAsync("In", new byte[1], "a/b");
        await engine.SendAsync("In", new byte[1], "a/b");

        Assert.Equal(SubSessionStatus.Finished, (await engine.WaitForEndAsync()).Status);
        Assert.Equal(
            ["""{"type":"counted","left":1}""", """{"type":"counted","left":0}""", """{"type":"finish"}"""],
            (await engine.ReadAllAsync("Status")).Select(item => item.Text));
    }

    [Fact]
    public async Task Long_computing_hears_a_stop()
    {
        await using var engine = await EngineTestHarness.StartAsync<PrimesEngine>();
        await engine.SendAsync("Below", int.MaxValue);
        await engine.WaitUntilReadyAsync();

        engine.Stop();

        Assert.Equal(SubSessionStatus.Canceled, (await engine.WaitForEndAsync()).Status);
    }

    [Fact]
    public async Task Primes_are_counted()
    {
        await using var engine = await EngineTestHarness.StartAsync<PrimesEngine>();

        await engine.SendAsync("Below", 30);

        Assert.Equal(10, await engine.ReadAsync<int>("Primes"));
    }
}
