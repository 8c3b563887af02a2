using BlueEdge.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.EngineHost.Tests.Engines;

/// <summary>Users read a message; whoever mends the engine needs the exception.</summary>
public sealed class ThrownTests
{
    [Fact]
    public async Task What_an_engine_threw_is_kept_with_its_stack()
    {
        await using var engine = await StartAsync(new() { Process = (_, _, _) => throw new InvalidDataException("torn page") });

        await engine.SendAsync("A", 1);
        var end = await engine.WaitForEndAsync();

        Assert.Equal("InvalidDataException: torn page", end.Error);
        Assert.Contains(nameof(What_an_engine_threw_is_kept_with_its_stack), Assert.IsType<InvalidDataException>(end.Exception).StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heeding_a_stop_is_no_failure()
    {
        await using var engine = await StartAsync(new() { Process = async (_, _, cancellationToken) => await Task.Delay(-1, cancellationToken) });
        await engine.SendAsync("A", 1);

        engine.Stop();

        Assert.Null((await engine.WaitForEndAsync()).Exception);
    }

    [Fact]
    public async Task What_it_throws_while_it_is_stopped_is_kept()
    {
        await using var engine = await StartAsync(new()
        {
            Process = async (_, _, cancellationToken) => await Task.Delay(-1, cancellationToken),
            Stop = (_, _) => throw new IOException("cannot clean up"),
        });
        await engine.SendAsync("A", 1);

        engine.Stop("enough");

        var end = await engine.WaitForEndAsync();
        Assert.Equal("enough", end.Error);
        Assert.IsType<IOException>(end.Exception);
    }

    private static Task<EngineTestHarness> StartAsync(Script script) =>
        EngineTestHarness.StartAsync<ScriptedEngine>(setup => setup.Services.AddSingleton(script));
}
