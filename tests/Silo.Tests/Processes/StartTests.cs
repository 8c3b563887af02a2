using System.Diagnostics;
using System.Net;
using System.Text.Json;

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
    public async Task An_idle_process_holds_less_than_150_MB()
    {
        await using var silo = await SiloProcess.StartAsync();

        Assert.InRange(silo.Memory, 0, 150_000_000);
    }

    [Fact]
    public async Task A_process_that_takes_no_tokens_loads_nothing_for_them()
    {
        await using var silo = await SiloProcess.StartAsync();

        var mapped = await File.ReadAllTextAsync($"/proc/{silo.Id}/maps", TestContext.Current.CancellationToken);

        Assert.Contains("BlueEdge.Gateway.dll", mapped);
        Assert.DoesNotContain("Microsoft.IdentityModel", mapped);
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
    [InlineData("BlueEdge__Cluster__Tls__Authority", "/nowhere/ca.crt", "BlueEdge:Cluster:Tls:Certificate is missing")]
    public async Task A_setting_of_a_cluster_that_makes_no_sense_is_named(string setting, string value, string expected)
    {
        await using var silo = SiloProcess.Launch(settings: new Dictionary<string, string> { ["BlueEdge__Mode"] = "Cluster", [setting] = value });

        Assert.Equal(1, await silo.WaitForExitAsync());
        Assert.Contains(expected, silo.Output);
        Assert.DoesNotContain("   at ", silo.Output);
    }

    [Theory]
    [InlineData("BlueEdge__Sessions__Retention", "abc", "BlueEdge:Sessions:Retention")]
    [InlineData("BlueEdge__Limits__BodyBytes", "1e3", "BlueEdge:Limits:BodyBytes")]
    [InlineData("BlueEdge__Documents__MaxMegapixels", "0", "BlueEdge:Documents:MaxMegapixels")]
    [InlineData("ASPNETCORE_URLS", "foo", "ASPNETCORE_URLS")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:99999", "ASPNETCORE_URLS")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:8O", "ASPNETCORE_URLS")]
    [InlineData("ASPNETCORE_URLS", "https://127.0.0.1:{port}", "Kestrel:Certificates:Default:Path")]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:{port}", "BlueEdge:Auth:Mode=None")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "80O", "http_ports")]
    [InlineData("BlueEdge__Auth__BootstrapKey", "be_CanaryX7Qn2LwEJvYkZtRb5uHsGdPcMa1oN4iF8yKw0", "BlueEdge:Auth:BootstrapKey")]
    [InlineData("Kestrel__Endpoints__A__Url", "nowhere", "Kestrel:Endpoints:A:Url")]
    [InlineData("BLUEEDGE__DATAPATH", "elsewhere", "BlueEdge__DataPath")]
    [InlineData("Logging__LogLevel__Default", "Loud", "Loud")]
    [InlineData("Logging__Console__FormatterName", "xml", "Logging:Console:FormatterName")]
    public async Task A_mistake_ends_the_start_with_a_line_that_names_it(string setting, string value, string expected)
    {
        Dictionary<string, string> settings = new() { [setting] = value };
        if (setting is "ASPNETCORE_HTTP_PORTS")
        {
            settings["ASPNETCORE_URLS"] = "";
        }

        await using var silo = SiloProcess.Launch(settings: settings);

        Assert.Equal(1, await silo.WaitForExitAsync());
        Assert.Single(silo.Output.Split('\n'), line => line.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", silo.Output);
        Assert.DoesNotContain("Unhandled", silo.Output);
        Assert.DoesNotContain("fail:", silo.Output);
    }

    [Fact]
    public async Task A_file_of_settings_that_is_no_json_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("blueedge-start-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "appsettings.json"), "{ no json", TestContext.Current.CancellationToken);

        await using var silo = SiloProcess.Launch(folder);

        Assert.Equal(1, await silo.WaitForExitAsync());
        Assert.Single(silo.Output.Split('\n'), line => line.Contains("appsettings.json"));
        Assert.DoesNotContain("   at ", silo.Output);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Its_life_is_told_in_a_line_each_and_an_unknown_setting_is_warned_of()
    {
        await using var silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string> { ["BlueEdge__Sessions__Retenton"] = "00:01:00" });

        await silo.StopAsync();

        var lines = silo.Output.Split('\n');
        Assert.All(
            [
                $"mode Embedded, to listen on {silo.Http.BaseAddress!.ToString()}, data in {silo.DataPath}",
                "Engine instance hello/",
                "engine instances drain",
                "engine instances are drained",
                "The process stops: SIGTERM",
                "The process has stopped",
                "Nothing reads the setting BlueEdge:Sessions:Retenton. Is BlueEdge:Sessions:Retention meant?",
            ],
            text => Assert.Single(lines, line => line.Contains(text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Logs_can_be_json_with_the_trace_that_an_error_names()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using var silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string>
        {
            ["Logging__Console__FormatterName"] = "json",
            ["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Information",
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/process-workflow/nothing");
        request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");

        using var answer = await silo.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await silo.StopAsync();

        Assert.Contains($"\"traceId\":\"{Trace}\"", text);
        Assert.All(silo.Output.Split('\n'), line => JsonDocument.Parse(line).Dispose());
        Assert.Contains(silo.Output.Split('\n'), line => line.Contains(Trace) && line.Contains("process-workflow/nothing"));
    }
}
