using BlueEdge.EngineHost.Engines;
using BlueEdge.Grains.Engines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>What is logged of a process's join and leave, with instances that no silo of the cluster has.</summary>
public sealed class AttendanceTests(EngineCluster cluster)
{
    private readonly RecordingLogger<EngineInstanceService> _logger = new();

    private int Warnings => _logger.Entries.Count(entry => entry.Level >= LogLevel.Warning && entry.Error is null);

    [Fact]
    public async Task A_scheduler_that_is_away_is_told_of_once_for_all_instances()
    {
        await LeaveAsync(instances: 3, key =>
        {
            cluster.Attendances.RefuseDrain[key] = true;
            cluster.Attendances.RefuseLeave[key] = true;
        });

        var (_, message, error) = Assert.Single(_logger.Entries, entry => entry.Level >= LogLevel.Warning);
        Assert.Contains("3 engine instances could not tell of their leave", message, StringComparison.Ordinal);
        Assert.Contains("The scheduler is away.", message, StringComparison.Ordinal);
        Assert.Null(error);
    }

    [Fact]
    public async Task A_scheduler_that_is_back_for_the_leave_has_missed_nothing()
    {
        await LeaveAsync(instances: 1, key => cluster.Attendances.RefuseDrain[key] = true);

        Assert.DoesNotContain(_logger.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_host_that_is_there_before_its_scheduler_says_so_once_a_minute()
    {
        FakeTimeProvider clock = new();
        List<string> keys = [];
        using var service = Service(instances: 2, key =>
        {
            keys.Add(key);
            cluster.Attendances.RefuseJoin[key] = true;
        }, clock);
        var began = clock.GetTimestamp();
        await service.StartedAsync(CancellationToken.None);

        await TryAsync(times: 50);
        Assert.InRange(Warnings, 1, 1 + (int)clock.GetElapsedTime(began).TotalMinutes);
        clock.Advance(TimeSpan.FromMinutes(1));
        await TryAsync(times: 2);

        Assert.InRange(Warnings, 2, 1 + (int)clock.GetElapsedTime(began).TotalMinutes);
        await service.StoppingAsync(CancellationToken.None).OrFail("the leave");

        // Nothing tells when a try's pause has begun, so time passes until it is over.
        async Task TryAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var tries = Task.WhenAll(keys.Select(cluster.Attendances.NextAsync));
                while (await Task.WhenAny(tries, Task.Delay(1, TestContext.Current.CancellationToken)) != tries)
                {
                    clock.Advance(TimeSpan.FromMilliseconds(20));
                }

                await tries;
            }
        }
    }

    private async Task LeaveAsync(int instances, Action<string> prepare)
    {
        using var service = Service(instances, prepare, TimeProvider.System);
        await service.StoppingAsync(CancellationToken.None).OrFail("the leave");
    }

    private EngineInstanceService Service(int instances, Action<string> prepare, TimeProvider clock)
    {
        var registration = cluster.Silo.GetServices<EngineRegistration>().Single(engine => engine.Class == typeof(DirectedEngine));
        var all = new EngineInstances();
        for (var i = 0; i < instances; i++)
        {
            var key = new EngineInstanceKey(registration.Definition.Id, SiloAddress.New(System.Net.IPAddress.Loopback, 1, Random.Shared.Next()));
            all.Add(ActivatorUtilities.CreateInstance<EngineInstance>(cluster.Silo, registration, key));
            prepare(key.ToString());
        }

        return ActivatorUtilities.CreateInstance<EngineInstanceService>(cluster.Silo, all, clock, _logger);
    }
}
