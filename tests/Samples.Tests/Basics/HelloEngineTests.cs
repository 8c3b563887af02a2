using BlueEdge.Samples.Basics;
using BlueEdge.Sessions;
using BlueEdge.Testing;

namespace BlueEdge.Samples.Tests.Basics;

public sealed class HelloEngineTests
{
    [Theory]
    [InlineData("""{"name": "Ada"}""", """{"greeting":"Hello, Ada!"}""")]
    [InlineData("""{"NAME": "Zoë", "more": [1]}""", """{"greeting":"Hello, Zo\u00EB!"}""")]
    public async Task It_greets_whom_control_names(string control, string greeting)
    {
        await using var engine = await EngineTestHarness.StartAsync<HelloEngine>();

        await engine.SendJsonAsync("Control", control);
        var end = await engine.FinishAsync();

        Assert.Equal((SubSessionStatus.Finished, null), (end.Status, end.Error));
        Assert.Equal(greeting, Assert.Single(await engine.ReadAllAsync("Result")).Text);
        Assert.Equal("""{"type":"finish","node":"node"}""", Assert.Single(await engine.ReadAllAsync("Status")).Text);
    }

    [Fact]
    public async Task It_greets_as_often_as_it_is_asked()
    {
        await using var engine = await EngineTestHarness.StartAsync<HelloEngine>();

        foreach (var name in (string[])["a", "b", "c"])
        {
            await engine.SendAsync("Control", new { name });
        }

        await engine.FinishAsync();
        Assert.Equal(3, (await engine.ReadAllAsync("Result")).Count);
    }

    [Theory]
    [InlineData("{}", "Control names nobody")]
    [InlineData("""{"name": " "}""", "Control names nobody")]
    [InlineData("""{"name": 7}""", "input 'Control' of node 'node' does not fit")]
    [InlineData("[]", "input 'Control' of node 'node' does not fit")]
    [InlineData("null", "input 'Control' of node 'node' is null")]
    [InlineData("{", "input 'Control' of node 'node' does not fit")]
    public async Task A_control_that_names_nobody_fails_and_says_so(string control, string error)
    {
        await using var engine = await EngineTestHarness.StartAsync<HelloEngine>();

        await engine.SendJsonAsync("Control", control);

        var end = await engine.WaitForEndAsync();
        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains(error, end.Error, StringComparison.Ordinal);
        Assert.Empty(await engine.ReadAllAsync("Result"));
    }
}
