using System.Runtime.InteropServices;
using BlueEdge.Channels;
using BlueEdge.Samples.Basics;
using BlueEdge.Sessions;
using BlueEdge.Testing;

namespace BlueEdge.Samples.Tests.Basics;

public sealed class RelayEngineTests
{
    [Theory]
    [InlineData("""{ "b" : 1.0, "a":[ 1e3 , "\u00eb" ] }""")]
    [InlineData("null")]
    [InlineData("  7  ")]
    public async Task It_passes_json_on_byte_by_byte(string json)
    {
        await using var engine = await EngineTestHarness.StartAsync<RelayEngine>();

        await engine.SendJsonAsync("In", json);

        Assert.Equal(json, (await engine.ReadAsync("Out")).Text);
    }

    [Fact]
    public async Task It_copies_nothing()
    {
        var bytes = """{"large":"picture"}"""u8.ToArray();
        await using var engine = await EngineTestHarness.StartAsync<RelayEngine>();

        await engine.SendAsync("In", Payload.Json(bytes));

        Assert.True(MemoryMarshal.TryGetArray((await engine.ReadAsync("Out")).Payload.Bytes, out var passed));
        Assert.Same(bytes, passed.Array);
    }

    [Fact]
    public async Task It_keeps_the_order()
    {
        await using var engine = await EngineTestHarness.StartAsync<RelayEngine>();

        for (var number = 0; number < 1_000; number++)
        {
            await engine.SendAsync("In", number);
        }

        var end = await engine.FinishAsync();
        Assert.Equal((SubSessionStatus.Finished, 1_000L), (end.Status, end.ItemsRead));
        Assert.Equal(Enumerable.Range(0, 1_000), await engine.ReadAllAsync<int>("Out"));
    }

    [Fact]
    public async Task An_instance_of_it_has_256_slots()
    {
        await using var engine = await EngineTestHarness.StartAsync<RelayEngine>();

        Assert.Equal(256, engine.Definition.Slots);
    }
}
