using System.Text;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Sessions;
using BlueEdge.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.EngineHost.Tests.Engines;

/// <summary>Keys, tags and attributes, as engines read and write them.</summary>
public sealed class ItemEnvelopeTests
{
    private const int Threshold = 1_000;

    private static readonly ItemOptions Full = new() { Key = "k", Tags = ["late", "second"], Attributes = new { Page = 3 } };

    [Fact]
    public async Task An_engine_reads_what_an_item_says_of_itself()
    {
        await using var engine = await StartAsync((self, input, cancellationToken) => self.Output("Out").WriteAsync(
            $"{input.Key} {string.Join(',', input.Tags)} {input.Attributes?.GetProperty("page")}", cancellationToken));

        await engine.SendAsync("A", Json("1").With(Full));
        await engine.SendAsync("A", Json("2"));

        Assert.Equal("k late,second 3", await engine.ReadAsync<string>("Out"));
        Assert.Equal("  ", await engine.ReadAsync<string>("Out"));
    }

    [Fact]
    public async Task What_is_written_while_an_item_is_processed_has_its_key_and_no_more_of_it()
    {
        await using var engine = await StartAsync(async (self, input, cancellationToken) =>
        {
            using var stream = new MemoryStream([1]);
            await self.Output("Out").WriteAsync(1, cancellationToken);
            await self.Output("File").WriteAsync(new byte[1], "x/y", cancellationToken);
            await self.Output("File").WriteAsync(stream, "x/y", cancellationToken);
        });

        await engine.SendAsync("A", Json("1").With(Full));
        await engine.SendAsync("A", Json("1").With(new() { Key = "other" }));
        await engine.FinishAsync();

        var items = (await engine.ReadAllAsync("Out")).Concat(await engine.ReadAllAsync("File")).ToList();
        Assert.Equal(["k", "other", "k", "k", "other", "other"], items.Select(item => item.Key));
        Assert.All(items, item => Assert.True(item.Tags.IsEmpty && item.Attributes is null));
    }

    [Fact]
    public async Task Where_nothing_is_said_there_is_no_envelope()
    {
        await using var engine = await StartAsync(
            (self, _, cancellationToken) => self.Output("Out").WriteAsync(1, cancellationToken),
            stop: (self, cancellationToken) => self.Output("Out").WriteAsync(2, cancellationToken));

        await engine.SendAsync("A", Json("1").With(new() { Key = "k" }));
        await engine.SendAsync("A", 1);
        await engine.SendAsync("A", Json("1").With(new() { Key = "k" }));
        await engine.FinishAsync();

        Assert.Equal(["k", null, "k", null], (await engine.ReadAllAsync("Out")).Select(item => item.Key));
        Assert.All(await engine.ReadAllAsync("Status"), item => Assert.Null(item.Payload.Envelope));
    }

    [Fact]
    public async Task Each_write_may_say_something_of_its_item()
    {
        await using var engine = await StartAsync(async (self, _, cancellationToken) =>
        {
            using var stream = new MemoryStream(new byte[Threshold + 1]);
            await self.Output("Out").With(Full).WriteAsync(1, cancellationToken);
            await self.Output("File").With(Full).WriteAsync(new byte[1], "x/y", cancellationToken);
            await self.Output("File").With(Full).WriteAsync(stream, "x/y", cancellationToken);
            await self.Output("File").With(Full).WriteAsync(Payload.Inline(ChannelType.File, "x/y", new byte[1]), cancellationToken);
        });

        await engine.SendAsync("A", Json("1").With(new() { Key = "in hand", Tags = ["in hand"] }));
        await engine.FinishAsync();

        var items = (await engine.ReadAllAsync("Out")).Concat(await engine.ReadAllAsync("File")).ToList();
        Assert.Equal(4, items.Count);
        Assert.All(items, item => Assert.Equal(("k", "late,second", """{"page":3}"""), (item.Key, string.Join(',', item.Tags), $"{item.Attributes}")));
    }

    [Fact]
    public async Task An_item_that_is_passed_on_keeps_all_and_what_is_said_anew_takes_the_place_of_that_alone()
    {
        await using var engine = await StartAsync(async (self, input, cancellationToken) =>
        {
            await self.Output("Out").WriteAsync(input.Payload, cancellationToken);
            await self.Output("Out").With(new() { Tags = ["new"] }).WriteAsync(input.Payload, cancellationToken);
        });

        await engine.SendAsync("A", Json("1").With(Full));

        var (same, changed) = (await engine.ReadAsync("Out"), await engine.ReadAsync("Out"));
        Assert.Equal(("k", "late,second", """{"page":3}"""), (same.Key, string.Join(',', same.Tags), $"{same.Attributes}"));
        Assert.Equal(("k", "new", """{"page":3}"""), (changed.Key, string.Join(',', changed.Tags), $"{changed.Attributes}"));
    }

    [Fact]
    public async Task An_item_whose_content_goes_to_the_blob_store_keeps_all_it_says()
    {
        var text = new string('x', 10 * Threshold);
        await using var engine = await StartAsync(async (self, input, cancellationToken) =>
        {
            Assert.Equal("k", input.Key);
            await self.Output("Out").With(Full).WriteAsync(input.Json<string>("A"), cancellationToken);
        });

        await engine.SendAsync("A", Json($"\"{text}\"").With(new() { Key = "k" }));

        var item = await engine.ReadAsync("Out");
        Assert.NotNull(item.Payload.Blob);
        Assert.Equal(("k", "late,second", """{"page":3}"""), (item.Key, string.Join(',', item.Tags), $"{item.Attributes}"));
        Assert.Equal(text, item.Json<string>());
    }

    [Fact]
    public async Task What_is_done_for_an_item_beside_the_next_ones_is_still_that_items()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var working = new List<Task>();
        await using var engine = await StartAsync(
            (self, input, cancellationToken) =>
            {
                // Goes on once the last item is in hand, or none any more.
                working.Add(WorkAsync(self, input.Json<string>("A"), goOn.Task, cancellationToken));
                return ValueTask.CompletedTask;
            },
            stop: async (_, _) =>
            {
                goOn.SetResult();
                await Task.WhenAll(working);
            });

        string?[] keys = ["a", "b", null, "c"];
        foreach (var key in keys)
        {
            await engine.SendAsync("A", Json($"\"{key}\"").With(new() { Key = key }));
        }

        await engine.FinishAsync();

        var items = await engine.ReadAllAsync("Out");
        Assert.Equal(4, items.Count);
        Assert.All(items, item => Assert.Equal(item.Json<string>(), item.Key ?? ""));

        static async Task WorkAsync(ScriptedEngine self, string name, Task goOn, CancellationToken cancellationToken)
        {
            await goOn;
            await self.Output("Out").WriteAsync(name, cancellationToken);
        }
    }

    [Theory]
    [InlineData("The key 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' has 257 characters; 256 are allowed.")]
    [InlineData("There are 17 tags; 16 are allowed.")]
    [InlineData("The tag 'twice' is there twice: give it once.")]
    [InlineData("The attributes have 4103 bytes; 4096 are allowed.")]
    [InlineData("The attributes have to be one JSON object.")]
    public async Task An_engine_that_oversteps_a_limit_fails_with_it_and_with_where(string message)
    {
        await using var engine = await StartAsync((self, _, cancellationToken) => self.Output("Out").With(Overstep(message)).WriteAsync(1, cancellationToken));

        await engine.SendAsync("A", 1);

        var end = await engine.WaitForEndAsync();
        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.StartsWith("Node 'node' of session ", end.Error, StringComparison.Ordinal);
        Assert.Contains(" gave an item for output 'Out' what none may have. ", end.Error, StringComparison.Ordinal);
        Assert.Contains(message, end.Error, StringComparison.Ordinal);
    }

    private static ItemOptions Overstep(string message) => message switch
    {
        _ when message.Contains("key", StringComparison.Ordinal) => new() { Key = new('x', 257) },
        _ when message.Contains("17", StringComparison.Ordinal) => new() { Tags = [.. Enumerable.Range(0, 17).Select(number => $"{number}")] },
        _ when message.Contains("twice", StringComparison.Ordinal) => new() { Tags = ["twice", "once", "twice"] },
        _ when message.Contains("bytes", StringComparison.Ordinal) => new() { Attributes = new { a = new string('x', 4_095) } },
        _ => new() { Attributes = new[] { 1 } },
    };

    private static Payload Json(string json) => Payload.Json(Encoding.UTF8.GetBytes(json));

    private static Task<EngineTestHarness> StartAsync(
        Func<ScriptedEngine, EngineInput, CancellationToken, ValueTask> process, Func<ScriptedEngine, CancellationToken, ValueTask>? stop = null) =>
        EngineTestHarness.StartAsync<ScriptedEngine>(setup =>
        {
            var script = new Script { Process = process };
            setup.Services.AddSingleton(stop is null ? script : new Script { Process = process, Stop = stop });
            setup.ClaimCheckBytes = Threshold;
        });
}
