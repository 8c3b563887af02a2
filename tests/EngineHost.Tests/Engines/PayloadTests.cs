using System.Security.Cryptography;
using System.Text;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.EngineHost.Tests.Engines;

public sealed class PayloadTests
{
    private const int Threshold = 1_000;

    [Fact]
    public async Task Json_is_read_as_a_type_or_as_a_value()
    {
        await using var engine = await StartAsync(async (self, input, cancellationToken) =>
        {
            var typed = input.Json<Dictionary<string, int>>("A");
            await self.Output("Out").WriteAsync(typed["x"] + input.Json("A").GetProperty("x").GetInt32(), cancellationToken);
        });

        await engine.SendAsync("A", new { x = 21 });

        Assert.Equal(42, await engine.ReadAsync<int>("Out"));
    }

    [Theory]
    [InlineData("{", "does not fit")]
    [InlineData("", "does not fit")]
    [InlineData("[1]", "does not fit")]
    [InlineData("null", "is null")]
    public async Task Json_that_does_not_fit_says_which_item_and_why(string json, string why)
    {
        await using var engine = await StartAsync((_, input, _) =>
        {
            input.Json<Dictionary<string, int>>("A");
            return ValueTask.CompletedTask;
        });

        await engine.SendJsonAsync("A", json);
        var end = await engine.WaitForEndAsync();

        Assert.StartsWith($"Item 0 on input 'A' of node 'node' {why}", end.Error, StringComparison.Ordinal);
        Assert.Contains("'scripted'", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_the_wrong_port_says_which_it_was()
    {
        await using var engine = await StartAsync((_, input, _) =>
        {
            Assert.True(input.Has("B"));
            input.Json("A");
            return ValueTask.CompletedTask;
        });

        await engine.SendAsync("B", 1);

        Assert.Contains("asked input 'A' for an item that came on 'B'", (await engine.WaitForEndAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_bytes_for_json_says_what_they_are()
    {
        await using var engine = await StartAsync((_, input, _) =>
        {
            input.Json("Bytes");
            return ValueTask.CompletedTask;
        });

        await engine.SendAsync("Bytes", "{}"u8.ToArray(), "text/plain");

        Assert.Contains("is File (text/plain)", (await engine.WaitForEndAsync()).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Threshold)]
    [InlineData(Threshold + 1)]
    [InlineData(500_000)]
    public async Task Bytes_of_any_length_pass_unchanged(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        await using var engine = await StartAsync(async (self, input, cancellationToken) =>
        {
            await self.Output("File").WriteAsync(input.Payload, cancellationToken);
            await self.Output("File").WriteAsync(await input.ReadAsync(cancellationToken), "a/b", cancellationToken);
            await using var content = await input.OpenAsync(cancellationToken);
            await self.Output("File").WriteAsync(content, "c/d", cancellationToken);
        });

        await engine.SendAsync("Bytes", bytes, "x/y");
        using var stream = new MemoryStream(bytes);
        await engine.SendAsync("Bytes", stream, "x/y");
        await engine.FinishAsync();

        var items = await engine.ReadAllAsync("File");
        Assert.Equal(["x/y", "a/b", "c/d", "x/y", "a/b", "c/d"], items.Select(item => item.MediaType));
        Assert.All(items, item => Assert.True(item.Bytes.Span.SequenceEqual(bytes)));
        Assert.All(items, item => Assert.Equal(length, item.Payload.Length));
        Assert.All(items, item => Assert.Equal(length > Threshold, item.Payload.Blob is not null));
    }

    [Fact]
    public async Task Large_json_is_in_memory_when_an_engine_sees_it_and_is_not_stored_again_when_it_passes_it_on()
    {
        var text = new string('x', 10 * Threshold);
        BlobReference? came = null;
        await using var engine = await StartAsync(async (self, input, cancellationToken) =>
        {
            Assert.Equal(text, input.Json<string>("A"));
            came = input.Payload.Blob;
            await self.Output("Out").WriteAsync(input.Payload, cancellationToken);
        });

        await engine.SendAsync("A", text);

        var item = await engine.ReadAsync("Out");
        Assert.NotNull(came);
        Assert.Equal(came, item.Payload.Blob);
        Assert.Equal(text, item.Json<string>());
    }

    [Fact]
    public async Task Large_json_on_an_input_by_reference_is_read_only_where_the_engine_asks_for_it()
    {
        var text = new string('x', 10 * Threshold);
        await using var engine = await StartAsync(async (self, input, cancellationToken) =>
        {
            var refused = Assert.Throws<BlueEdgeException>(() => input.Json<string>("Raw"));
            Assert.Contains("without ByReference", refused.Message, StringComparison.Ordinal);
            Assert.Equal(text.Length + 2, (await input.ReadAsync(cancellationToken)).Length);
            await self.Output("Out").WriteAsync(input.Payload, cancellationToken);
        });

        await engine.SendAsync("Raw", text);

        Assert.Equal(text, (await engine.ReadAsync("Out")).Json<string>());
    }

    [Theory]
    [InlineData("{\"a\": 1}", true)]
    [InlineData(" 7 ", true)]
    [InlineData("{\"a\": 1", false)]
    [InlineData("1 2", false)]
    [InlineData("", false)]
    [InlineData("hello", false)]
    public async Task Bytes_for_a_json_output_must_be_json(string text, bool fits)
    {
        await using var engine = await StartAsync(async (self, input, cancellationToken) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            if (input.Has("A"))
            {
                await self.Output("Out").WriteAsync(bytes, "text/plain", cancellationToken);
            }
            else
            {
                using var stream = new MemoryStream(bytes);
                await self.Output("Out").WriteAsync(stream, "text/plain", cancellationToken);
            }
        });

        await engine.SendAsync("A", 1);
        if (fits)
        {
            await engine.SendAsync("B", 1);
        }

        var end = await engine.FinishAsync();
        Assert.Equal(fits, end.Error is null);
        Assert.Equal(fits ? 2 : 0, (await engine.ReadAllAsync("Out")).Count(item => item.MediaType == "application/json"));
    }

    [Fact]
    public async Task Another_type_than_the_outputs_is_refused_even_where_it_is_not_linked()
    {
        await using var engine = await StartAsync(
            (self, _, cancellationToken) => self.Output("File").WriteAsync(Payload.Json("1"u8.ToArray()), cancellationToken),
            setup => setup.LinkOutputs("Out"));

        await engine.SendAsync("A", 1);

        Assert.Contains("Output 'File' of engine 'scripted' is File, and was given Json", (await engine.WaitForEndAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_is_not_declared_is_refused_with_those_that_are()
    {
        await using var engine = await StartAsync((self, _, cancellationToken) => self.Output("Nowhere").WriteAsync(1, cancellationToken));

        await engine.SendAsync("A", 1);

        var error = (await engine.WaitForEndAsync()).Error;
        Assert.Contains("no output 'Nowhere'", error, StringComparison.Ordinal);
        Assert.Contains("Out, File, Status", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_to_an_output_that_is_not_linked_goes_nowhere()
    {
        await using var engine = await StartAsync(
            async (self, _, cancellationToken) =>
            {
                Assert.False(self.Output("File").IsLinked);
                Assert.True(self.Output("Out").IsLinked);
                await self.Output("File").WriteAsync(new byte[1], "x/y", cancellationToken);
                using var stream = new MemoryStream([1]);
                await self.Output("File").WriteAsync(stream, "x/y", cancellationToken);
            },
            setup => setup.LinkOutputs("Out"));

        await engine.SendAsync("A", 1);
        var end = await engine.FinishAsync();

        Assert.Null(end.Error);
        Assert.Equal(0, end.ItemsWritten);
    }

    [Fact]
    public async Task All_values_of_a_sequence_are_written_as_they_come()
    {
        var first = new TaskCompletionSource();
        await using var engine = await StartAsync((self, input, cancellationToken) => self.Output("Out").WriteAllAsync(CountAsync(input), cancellationToken));

        await engine.SendAsync("A", "payload");

        Assert.Equal("one", await engine.ReadAsync<string>("Out"));
        first.SetResult();
        Assert.Equal("payload", await engine.ReadAsync<string>("Out"));

        async IAsyncEnumerable<object> CountAsync(EngineInput input)
        {
            yield return "one";
            await first.Task;
            yield return input.Payload;
        }
    }

    [Fact]
    public async Task An_item_says_who_wrote_it_and_which_it_is()
    {
        await using var engine = await StartAsync((self, input, cancellationToken) =>
            self.Output("Out").WriteAsync($"{input.Producer} {input.Port} {input.Sequence}", cancellationToken));

        await engine.SendAsync("A", 0);
        await engine.SendAsync("A", 0);
        await engine.SendAsync("B", 0);
        await engine.FinishAsync();

        Assert.Equal(["test A 0", "test A 1", "test B 0"], await engine.ReadAllAsync<string>("Out"));
    }

    private static Task<EngineTestHarness> StartAsync(
        Func<ScriptedEngine, EngineInput, CancellationToken, ValueTask> process, Action<EngineTestSetup>? configure = null) =>
        EngineTestHarness.StartAsync<ScriptedEngine>(setup =>
        {
            setup.Services.AddSingleton(new Script { Process = process });
            setup.ClaimCheckBytes = Threshold;
            configure?.Invoke(setup);
        });
}
