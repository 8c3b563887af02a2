using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Embedded;

public sealed class WatchedTests
{
    [Fact]
    public async Task Under_dotnet_watch_a_start_waits_until_the_process_before_it_has_drained()
    {
        await using var before = await SiloProcess.StartAsync();

        var next = SiloProcess.StartAsync(before.DataPath, new Dictionary<string, string> { ["DOTNET_WATCH"] = "1" });
        await Task.WhenAny(next, Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.False(next.IsCompleted);
        await before.StopAsync();

        await using var silo = await next;
    }
}
