using System.Diagnostics;
using BlueEdge.Cluster.Tests.Processes;
using Grpc.Core;

namespace BlueEdge.Cluster.Tests.Scaling;

/// <summary>What core silos tell KEDA, as processes, of an engine without instances.</summary>
public sealed class ScalerTests(ScaledCluster cluster, ITestOutputHelper output) : IClassFixture<ScaledCluster>, IAsyncDisposable
{
    private static readonly (string, string) Engine = ("engineId", "delay");

    private readonly Scaler _first = new(cluster.ScalerPortOf("silo-1"));
    private readonly Scaler _second = new(cluster.ScalerPortOf("silo-2"));
    private readonly List<string> _sessions = [];

    private Scaler[] Both => [_first, _second];

    /// <summary>Whatever became of a test, the next finds no demand, whichever silo it asks.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAllAsync(Scaler.Of(Engine));
        await UntilToldAsync(_second, Scaler.Of(Engine));
        await _second.UntilDemandAsync(Scaler.Of(Engine), 0);
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task Ten_sessions_that_wait_for_an_engine_of_three_slots_give_four_instances_at_every_silo()
    {
        var three = Scaler.Of(Engine, ("slots", "3"));
        await SubmitAsync(10);

        foreach (var silo in Both)
        {
            await silo.UntilDemandAsync(three, 10);
            Assert.Equal(4, await silo.InstancesAsync(three));
            Assert.Equal(3, await silo.InstancesAsync(Scaler.Of(Engine))); // The engine's own definition has four slots.
            Assert.True(await silo.IsActiveAsync(three));
        }

        await StopAllAsync(three);
        foreach (var silo in Both)
        {
            await silo.UntilDemandAsync(three, 0);
            Assert.Equal(0, await silo.InstancesAsync(three));
            Assert.False(await silo.IsActiveAsync(three));
        }
    }

    [Fact]
    public async Task A_session_counts_for_each_slot_that_it_needs()
    {
        await SubmitChainAsync(delays: 5);

        await _first.UntilDemandAsync(Scaler.Of(Engine), 5);
    }

    [Fact]
    public async Task From_zero_every_stream_of_every_silo_hears_at_once()
    {
        var scaled = Scaler.Of(Engine);
        using var one = _first.Follow(scaled);
        using var two = _first.Follow(scaled);
        using var three = _second.Follow(scaled);
        foreach (var stream in (AsyncServerStreamingCall<CoreSilo.Scaling.IsActiveResponse>[])[one, two, three])
        {
            Assert.False(await Scaler.NextAsync(stream));
        }

        // One that left early is nobody's concern.
        using (var gone = _second.Follow(scaled))
        {
            Assert.False(await Scaler.NextAsync(gone));
        }

        var heard = Task.WhenAll(Scaler.NextAsync(one), Scaler.NextAsync(two), Scaler.NextAsync(three));
        var since = Stopwatch.StartNew();
        await SubmitAsync(1);
        Assert.Equal([true, true, true], await heard);
        output.WriteLine($"All streams had heard {since.ElapsedMilliseconds} ms after the session was sent.");
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));

        await StopAllAsync(scaled);
        Assert.False(await Scaler.NextAsync(two));
    }

    [Fact]
    public async Task What_runs_is_never_counted_as_free()
    {
        var scaled = Scaler.Of(Engine);
        await cluster.StartAsync("host-1");
        try
        {
            await SubmitAsync(4);
            await Task.WhenAll(_sessions.Select(cluster.First.WaitForInstanceAsync));
            await SubmitAsync(2);

            await _first.UntilDemandAsync(scaled, 6); // Four work, and two wait.
            Assert.Equal(2, await _first.InstancesAsync(scaled));

            await StopAllAsync(scaled);
        }
        finally
        {
            await cluster.StopAsync("host-1");
        }
    }

    [Fact]
    public async Task A_trigger_that_makes_no_sense_is_told_what_to_write()
    {
        var unnamed = await Scaler.RefusalAsync(() => _first.IsActiveAsync(Scaler.Of()));
        Assert.Equal(StatusCode.InvalidArgument, unnamed.StatusCode);
        Assert.Contains("'engines/delay' names no engine: write its id as engineId", unnamed.Detail, StringComparison.Ordinal);

        var slots = await Scaler.RefusalAsync(() => _first.DemandAsync(Scaler.Of(Engine, ("slots", "0"))));
        Assert.Equal(StatusCode.InvalidArgument, slots.StatusCode);
        Assert.Contains("has '0' as slots", slots.Detail, StringComparison.Ordinal);

        var stream = await Scaler.RefusalAsync(async () => await Scaler.NextAsync(_first.Follow(Scaler.Of())));
        Assert.Equal(StatusCode.InvalidArgument, stream.StatusCode);
    }

    [Fact]
    public async Task An_engine_that_nobody_knows_is_told_of_unless_the_trigger_brings_its_slots()
    {
        var unknown = await Scaler.RefusalAsync(() => _first.TargetAsync(Scaler.Of(("engineId", "nobody"))));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("PUT /api/v1/engines/nobody", unknown.Detail, StringComparison.Ordinal);

        var scaled = Scaler.Of(("engineId", "nobody"), ("slots", "2"));
        Assert.Equal((0, 2), (await _first.DemandAsync(scaled), await _first.TargetAsync(scaled)));
        Assert.False(await _first.IsActiveAsync(scaled));
    }

    [Fact]
    public async Task Engines_that_ran_once_or_were_registered_are_known_after_all_silos_have_died()
    {
        var planned = $"planned-{Guid.NewGuid():N}";
        using (var put = await cluster.First.Http.PutAsync(
            new Uri($"api/v1/engines/{planned}", UriKind.Relative),
            System.Net.Http.Json.JsonContent.Create(new { inputs = new[] { new { name = "Control", type = "JSON" } }, slots = 3 }),
            TestContext.Current.CancellationToken))
        {
            Assert.Equal(System.Net.HttpStatusCode.Created, put.StatusCode);
        }

        await cluster.KillAsync("silo-1");
        await cluster.KillAsync("silo-2");
        await cluster.StartAsync("silo-1");
        await cluster.StartAsync("silo-2");
        await cluster.UntilToldAsync("gateway-1", "Healthy");

        await SubmitAsync(1);
        using var submitted = await cluster.First.PostAsync($$"""{ "engineId": "{{planned}}", "inputs": { "Control": { "type": "JSON", "payload": 1 } } }""");
        var session = (await Gateway.ReadAsync(submitted)).GetProperty("data").GetProperty("sessionId").GetString()!; // It was accepted.
        var scaled = Scaler.Of(("engineId", planned));
        await UntilToldAsync(_second, scaled);
        await _second.UntilDemandAsync(scaled, 1);
        Assert.Equal(3, await _second.TargetAsync(scaled));
        Assert.Equal(1, await _second.InstancesAsync(scaled));

        await cluster.First.StopAsync(session);
        await UntilToldAsync(_first, Scaler.Of(Engine));
    }

    [Fact]
    public async Task A_silo_that_is_told_to_stop_ends_its_streams_as_whole_ones()
    {
        using var stream = _second.Follow(Scaler.Of(Engine));
        Assert.False(await Scaler.NextAsync(stream));

        var stopping = cluster.StopAsync("silo-2");

        Assert.Null(await Scaler.NextAsync(stream));
        await stopping;
        await cluster.StartAsync("silo-2");
    }

    [Fact]
    public async Task While_the_scheduler_is_away_what_it_said_last_counts_for_a_while_and_then_nothing_is_said()
    {
        var scaled = Scaler.Of(Engine);
        await SubmitAsync(7);

        // The silo that is left would be the next to have it, and cannot open its store.
        var home = cluster.LastToSay("Scheduler default opened");
        var left = home == "silo-1" ? _second : _first;
        await left.UntilDemandAsync(scaled, 7);
        await cluster.PauseAsync("redis");
        await cluster.KillAsync(home);
        var since = Stopwatch.StartNew();
        try
        {
            Status refusal;
            TimeSpan told = default;
            while (true)
            {
                try
                {
                    Assert.Equal(7, await left.DemandAsync(scaled));
                    Assert.True(await left.IsActiveAsync(scaled));
                    told = since.Elapsed;
                }
                catch (RpcException error)
                {
                    refusal = error.Status;
                    break;
                }

                Assert.True(since.Elapsed < 2 * ScaledCluster.Patience, "What was said counts for ever.");
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            }

            output.WriteLine($"It was told {told} long, and then: {refusal.Detail}");
            Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
            Assert.Contains("was not heard for", refusal.Detail, StringComparison.Ordinal);
            Assert.InRange(told, ScaledCluster.Patience / 2, 1.5 * ScaledCluster.Patience);
        }
        finally
        {
            await cluster.ResumeAsync("redis");
            await cluster.UpAsync();
            await cluster.StopAsync("host-1");
        }

        await UntilToldAsync(_first, scaled);
        await UntilToldAsync(_second, scaled);
    }

    private static async Task UntilToldAsync(Scaler silo, CoreSilo.Scaling.ScaledObjectRef scaled)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken))
        {
            try
            {
                await silo.DemandAsync(scaled);
                return;
            }
            catch (RpcException) when (since.Elapsed < TimeSpan.FromSeconds(30))
            {
                // The scheduler comes back in a moment.
            }
        }
    }

    private async Task SubmitAsync(int sessions)
    {
        for (var i = 0; i < sessions; i++)
        {
            _sessions.Add(await cluster.First.StartDelayAsync(seconds: 60));
        }
    }

    /// <summary>One session with so many nodes of the engine, each on its own.</summary>
    private async Task SubmitChainAsync(int delays)
    {
        var nodes = Enumerable.Range(0, delays).ToList();
        var session = new
        {
            dataChannels = nodes.Select(node => new { name = $"c{node}", type = "JSON" }),
            engines = nodes.Select(node => new { id = "delay", name = $"node-{node}", inputs = new[] { new { name = "Control", linkTo = $"c{node}" } } }),
            startData = nodes.Select(node => new { channelName = $"c{node}", payload = new { seconds = 60 } }),
        };
        using var response = await cluster.First.Http.PostAsync(
            new Uri("api/v1/process-workflow", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(session), TestContext.Current.CancellationToken);
        _sessions.Add((await Gateway.ReadAsync(response)).GetProperty("data").GetProperty("sessionId").GetString()!); // An id is a text.
    }

    private async Task StopAllAsync(CoreSilo.Scaling.ScaledObjectRef scaled)
    {
        await Task.WhenAll(_sessions.Select(cluster.First.StopAsync));
        _sessions.Clear();
        await _first.UntilDemandAsync(scaled, 0);
    }
}
