using BlueEdge.Samples.Basics;
using BlueEdge.Sessions;
using BlueEdge.Testing;

namespace BlueEdge.Samples.Tests.Basics;

public sealed class FailEngineTests
{
    [Theory]
    [InlineData("""{"message": "the page is blank"}""", "the page is blank")]
    [InlineData("{}", "It was told to fail.")]
    [InlineData("7", "input 'Control' of node 'node' does not fit")]
    public async Task It_fails_with_the_message_it_is_given(string control, string error)
    {
        await using var engine = await EngineTestHarness.StartAsync<FailEngine>();

        await engine.SendJsonAsync("Control", control);

        var end = await engine.WaitForEndAsync();
        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains(error, end.Error, StringComparison.Ordinal);
        var status = Assert.Single(await engine.ReadAllAsync("Status")).Json();
        Assert.Equal("error", status.GetProperty("type").GetString());
        Assert.Equal(end.Error, status.GetProperty("message").GetString());
    }

    [Fact]
    public async Task It_fails_only_when_it_is_told()
    {
        await using var engine = await EngineTestHarness.StartAsync<FailEngine>();

        Assert.Equal(SubSessionStatus.Finished, (await engine.FinishAsync()).Status);
    }
}
