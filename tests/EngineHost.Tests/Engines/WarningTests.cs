using System.Text;
using System.Text.Json;
using BlueEdge.Sessions;
using BlueEdge.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.EngineHost.Tests.Engines;

/// <summary>What an engine skips it says, and is none the worse for it.</summary>
public sealed class WarningTests
{
    [Fact]
    public async Task A_warning_is_an_item_on_status_and_is_kept_with_the_end_which_is_a_good_one()
    {
        await using var engine = await StartAsync((self, cancellationToken) => self.WarnAsync("page-blank", "Page 3 is blank.", cancellationToken));

        var end = await FinishAsync(engine);

        Assert.Equal(SubSessionStatus.Finished, end.Status);
        Assert.Equal([new() { Code = "page-blank", Message = "Page 3 is blank.", Node = "node" }], end.Warnings);
        var said = (await engine.ReadAllAsync("Status")).Select(item => item.Json().GetProperty("type").GetString());
        Assert.Equal(["warning", "finish"], said);
    }

    [Theory]
    [InlineData("""{"type": "warning", "message": "by hand", "page": 2}""", "engine-warning", "by hand")]
    [InlineData("""{"type": "warning", "message": "by hand", "code": "mine"}""", "mine", "by hand")]
    [InlineData("""{"type": "warning", "code": 7}""", "engine-warning", "The engine warned, and gave no message.")]
    [InlineData("""{"type": "warning", "message": "  ", "code": ""}""", "engine-warning", "The engine warned, and gave no message.")]
    public async Task A_warning_is_understood_however_little_it_says_also_where_no_channel_takes_it(string word, string code, string message)
    {
        using var json = JsonDocument.Parse(word);
        var value = json.RootElement.Clone();
        await using var engine = await StartAsync(
            (self, cancellationToken) => self.Output("Status").WriteAsync(value, cancellationToken), setup => setup.LinkOutputs());

        var warning = Assert.Single((await FinishAsync(engine)).Warnings);

        Assert.Equal((code, message), (warning.Code, warning.Message));
    }

    [Fact]
    public async Task The_first_twenty_are_kept_and_the_rest_are_counted()
    {
        await using var engine = await StartAsync(async (self, cancellationToken) =>
        {
            for (var i = 1; i <= 1_000; i++)
            {
                await self.WarnAsync("page", $"Page {i}.", cancellationToken);
            }
        });

        var warnings = (await FinishAsync(engine)).Warnings;

        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"Page {i}."), warnings.Take(20).Select(warning => warning.Message));
        Assert.Equal(("more-warnings", "And 980 more warnings of node 'node'."), (warnings[^1].Code, warnings[^1].Message));
        Assert.Equal(21, warnings.Count);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("頁")]
    [InlineData("🙂")]
    public async Task A_long_warning_is_cut_between_characters(string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 100_000));
        await using var engine = await StartAsync((self, cancellationToken) => self.WarnAsync(text, text, cancellationToken));

        var warning = Assert.Single((await FinishAsync(engine)).Warnings);

        Assert.InRange(Encoding.UTF8.GetByteCount(warning.Message), 1_021, 1_024);
        Assert.InRange(Encoding.UTF8.GetByteCount(warning.Code), 61, 64);
        Assert.All([warning.Message, warning.Code], cut => Assert.Equal(string.Concat(Enumerable.Repeat(character, cut.EnumerateRunes().Count() - 1)) + "…", cut));
    }

    [Theory]
    [InlineData("""{"type": "warning", "message": "\ud800"}""")]
    [InlineData("""{"type": "\udc00"}""")]
    public async Task Half_a_character_on_status_fails_nobody(string word)
    {
        await using var engine = await StartAsync(
            (self, cancellationToken) => self.Output("Status").WriteAsync(Encoding.UTF8.GetBytes(word), "application/json", cancellationToken));

        Assert.Equal(SubSessionStatus.Finished, (await FinishAsync(engine)).Status);
    }

    private static async Task<EngineTestEnd> FinishAsync(EngineTestHarness engine)
    {
        await engine.SendAsync("A", 1);
        return await engine.FinishAsync();
    }

    private static Task<EngineTestHarness> StartAsync(Func<ScriptedEngine, CancellationToken, ValueTask> process, Action<EngineTestSetup>? configure = null) =>
        EngineTestHarness.StartAsync<ScriptedEngine>(setup =>
        {
            setup.Services.AddSingleton(new Script { Process = (self, _, cancellationToken) => process(self, cancellationToken) });
            configure?.Invoke(setup);
        });
}
