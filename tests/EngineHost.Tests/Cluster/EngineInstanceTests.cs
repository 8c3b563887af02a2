using BlueEdge.Channels;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>An instance on a silo, with a clock of the test's own.</summary>
public sealed class EngineInstanceTests
{
    private readonly EngineCluster _cluster;
    private readonly FakeTimeProvider _clock = new();
    private readonly EngineInstance _instance;

    public EngineInstanceTests(EngineCluster cluster)
    {
        _cluster = cluster;
        _instance = Instance<DirectedEngine>();
    }

    [Fact]
    public async Task A_start_answers_ready_and_the_end_comes_as_a_report()
    {
        var start = Start();

        var answer = await _instance.StartAsync(start).OrFail("the start");
        Assert.Equal(SubSessionStatus.Ready, answer.Status);
        await _instance.DeliverAsync(Delivery(start, 0, ended: true), CancellationToken.None);

        Assert.Equal(SubSessionStatus.Finished, (await _cluster.Reports.NextAsync(start.Key)).Status);
        Assert.Equal(0, _instance.Busy);
    }

    [Fact]
    public async Task An_engine_that_prepares_for_long_is_answered_as_preparing_and_ready_comes_as_a_report()
    {
        var (preparing, prepared) = (NewSignal(), NewSignal());
        var start = Start(new()
        {
            Start = async (_, _) =>
            {
                preparing.SetResult();
                await prepared.Task;
            },
        });

        var starting = _instance.StartAsync(start);
        await preparing.Task.OrFail("the engine's start");
        Assert.False(starting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(SubSessionStatus.Preparing, (await starting.OrFail("the answer")).Status);
        prepared.SetResult();
        Assert.Equal(SubSessionStatus.Ready, (await _cluster.Reports.NextAsync(start.Key)).Status);
        _instance.Stop(start.Key, 1, "done");
        Assert.Equal(SubSessionStatus.Canceled, (await _cluster.Reports.NextAsync(start.Key)).Status);
    }

    [Fact]
    public async Task Starting_again_answers_where_it_stands_and_begins_nothing()
    {
        var begun = 0;
        var start = Start(new()
        {
            Start = (_, _) =>
            {
                Interlocked.Increment(ref begun);
                return ValueTask.CompletedTask;
            },
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _instance.StartAsync(start)))).OrFail("the starts");
        var later = await _instance.StartAsync(start);

        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { SubSessionStatus.Preparing, SubSessionStatus.Ready }));
        Assert.Equal(SubSessionStatus.Ready, later.Status);
        Assert.Equal((1, 1), (begun, _instance.Busy));
        _instance.Stop(start.Key, 1, "done");
    }

    [Fact]
    public async Task Starting_again_after_the_end_answers_the_end()
    {
        var begun = 0;
        var start = Start(new()
        {
            Start = (_, _) =>
            {
                begun++;
                throw new BlueEdgeException("out of paper");
            },
        });
        await _instance.StartAsync(start);
        await _cluster.Reports.NextAsync(start.Key);

        var answer = await _instance.StartAsync(start).OrFail("the answer");

        Assert.Equal((SubSessionStatus.Failed, "out of paper"), (answer.Status, answer.Error));
        Assert.Equal(1, begun);
    }

    [Fact]
    public async Task A_start_beyond_the_slots_is_refused_and_a_slot_comes_back_with_an_end()
    {
        var (first, second, third) = (Start(), Start(), Start());
        await _instance.StartAsync(first);
        await _instance.StartAsync(second);

        var refused = await _instance.StartAsync(third);
        Assert.Equal(SubSessionStatus.Failed, refused.Status);
        Assert.Contains("has no free slot", refused.Error, StringComparison.Ordinal);
        _instance.Stop(first.Key, 1, "done");
        await _cluster.Reports.NextAsync(first.Key);

        Assert.Equal(SubSessionStatus.Ready, (await _instance.StartAsync(third)).Status);
        Assert.Equal(2, _instance.Busy);
        _instance.Stop(second.Key, 1, "done");
        _instance.Stop(third.Key, 1, "done");
    }

    [Fact]
    public async Task A_newer_attempt_replaces_an_older_one_which_can_no_longer_write()
    {
        var (old, release) = (new TaskCompletionSource<DirectedEngine>(TaskCreationOptions.RunContinuationsAsynchronously), NewSignal());
        var start = Start(new()
        {
            Start = async (self, _) =>
            {
                if (self.Session.Epoch == 1)
                {
                    old.SetResult(self);
                    await release.Task;
                }
            },
        });
        _ = _instance.StartAsync(start);
        var self = await old.Task.OrFail("the first attempt");

        var newer = await _instance.StartAsync(start with { Epoch = 2 }).OrFail("the second attempt");

        Assert.Equal((SubSessionStatus.Ready, 2), (newer.Status, newer.Epoch));
        Assert.Equal(1, _instance.Busy);
        var end = await _cluster.Reports.NextAsync(start.Key);
        Assert.Equal((SubSessionStatus.Canceled, 1), (end.Status, end.Epoch));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await self.Output("Out").WriteAsync(1, CancellationToken.None));
        Assert.True((await _instance.DeliverAsync(Delivery(start, 0), CancellationToken.None)).Gone);
        Assert.Equal(SubSessionStatus.Canceled, (await _instance.StartAsync(start)).Status);
        release.SetResult();
        _instance.Stop(start.Key, 2, "done");
    }

    [Fact]
    public async Task A_stop_of_an_older_attempt_leaves_the_newer_one_alone()
    {
        var start = Start() with { Epoch = 2 };
        await _instance.StartAsync(start);

        _instance.Stop(start.Key, 1, "stale");

        Assert.Equal(SubSessionStatus.Ready, (await _instance.StartAsync(start)).Status);
        _instance.Stop(start.Key, 2, "done");
    }

    [Fact]
    public async Task A_stop_that_overtakes_its_start_is_kept_and_the_next_attempt_runs()
    {
        var start = Start();

        _instance.Stop(start.Key, 1, "changed my mind");
        var answer = await _instance.StartAsync(start);

        Assert.Equal((SubSessionStatus.Canceled, "changed my mind"), (answer.Status, answer.Error));
        Assert.Equal(0, _instance.Busy);
        Assert.Equal(SubSessionStatus.Ready, (await _instance.StartAsync(start with { Epoch = 2 })).Status);
        _instance.Stop(start.Key, 2, "done");
    }

    [Fact]
    public async Task A_stop_alone_is_of_what_runs_and_keeps_nothing_from_beginning()
    {
        var start = Start();

        _instance.StopAlone(start.Key, 1, "of nothing that runs");
        Assert.Equal(SubSessionStatus.Ready, (await _instance.StartAsync(start)).Status);
        _instance.StopAlone(start.Key, 2, "of another attempt");
        Assert.Equal(SubSessionStatus.Ready, (await _instance.StartAsync(start)).Status);
        _instance.StopAlone(start.Key, 1, "it is not wanted");

        var end = await _cluster.Reports.NextAsync(start.Key);
        Assert.Equal((SubSessionStatus.Canceled, "it is not wanted"), (end.Status, end.Error));
        Assert.Equal(0, _instance.Busy);
    }

    [Fact]
    public async Task What_ignores_a_stop_gives_its_slot_back_after_the_grace_period()
    {
        var (working, release) = (NewSignal(), NewSignal());
        var start = Start(new()
        {
            Process = async (_, _, _) =>
            {
                working.SetResult();
                await release.Task;
            },
        });
        await _instance.StartAsync(start);
        await _instance.DeliverAsync(Delivery(start, 0), CancellationToken.None);
        await working.Task.OrFail("the engine at work");

        _instance.Stop(start.Key, 1, "too slow");
        Assert.Equal(1, _instance.Busy);
        _clock.Advance(TimeSpan.FromSeconds(30));

        var end = await _cluster.Reports.NextAsync(start.Key);
        Assert.Equal((SubSessionStatus.Canceled, "too slow"), (end.Status, end.Error));
        Assert.Equal(0, _instance.Busy);
        release.SetResult();
    }

    [Fact]
    public async Task A_constructor_that_throws_fails_the_sub_session()
    {
        var instance = Instance<BrokenEngine>();
        var start = Start() with { Inputs = [], Outputs = [] };

        var answer = await instance.StartAsync(start).OrFail("the answer");

        Assert.Equal((SubSessionStatus.Failed, "it could not be activated: the model is missing"), (answer.Status, answer.Error));
        Assert.Equal(SubSessionStatus.Failed, (await _cluster.Reports.NextAsync(start.Key)).Status);
    }

    [Fact]
    public async Task An_end_is_told_again_until_it_was_heard()
    {
        var start = Start();
        _cluster.Reports.Refuse(start.Key, times: 3);
        await _instance.StartAsync(start);

        _instance.Stop(start.Key, 1, "done");
        var flushing = _instance.FlushAsync();
        while (!flushing.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.True(_cluster.Reports.Has(start.Key), "The flush ended before the report was heard.");
        Assert.Equal(SubSessionStatus.Canceled, (await _cluster.Reports.NextAsync(start.Key)).Status);
    }

    [Fact]
    public async Task A_drain_waits_for_what_runs_and_for_what_begins_meanwhile()
    {
        var (first, second) = (Start(), Start());
        await _instance.StartAsync(first);

        var draining = _instance.DrainAsync(TimeSpan.FromSeconds(25), "drained", CancellationToken.None);
        await _instance.StartAsync(second);
        await _instance.DeliverAsync(Delivery(first, 0, ended: true), CancellationToken.None);
        Assert.Equal(SubSessionStatus.Finished, (await _cluster.Reports.NextAsync(first.Key)).Status);
        Assert.False(draining.IsCompleted);
        await _instance.DeliverAsync(Delivery(second, 0, ended: true), CancellationToken.None);

        await draining.OrFail("the drain");
        await _instance.FlushAsync().OrFail("the flush");
        Assert.True(_cluster.Reports.Has(second.Key), "The flush ended before the report was heard.");
        Assert.Equal(SubSessionStatus.Finished, (await _cluster.Reports.NextAsync(second.Key)).Status);
        var late = await _instance.StartAsync(Start());
        Assert.Equal(SubSessionStatus.Failed, late.Status);
        Assert.Equal(SubSessionReport.Lost, late.Error);
    }

    [Fact]
    public async Task What_a_drain_has_no_time_for_fails_with_its_reason()
    {
        var (working, release) = (NewSignal(), NewSignal());
        var (obedient, stubborn) = (Start(), Start(new()
        {
            Process = async (_, _, _) =>
            {
                working.SetResult();
                await release.Task;
            },
        }));
        await _instance.StartAsync(obedient);
        await _instance.StartAsync(stubborn);
        await _instance.DeliverAsync(Delivery(stubborn, 0), CancellationToken.None);
        await working.Task.OrFail("the engine at work");

        var draining = _instance.DrainAsync(TimeSpan.FromSeconds(25), "its instance was drained", CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(24));
        Assert.False(draining.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await draining.OrFail("the drain");
        await _instance.FlushAsync().OrFail("the flush");

        foreach (var start in new[] { obedient, stubborn })
        {
            var end = await _cluster.Reports.NextAsync(start.Key);
            Assert.Equal((SubSessionStatus.Failed, "its instance was drained"), (end.Status, end.Error));
        }

        release.SetResult();
    }

    [Fact]
    public async Task A_host_out_of_time_ends_the_drain()
    {
        var start = Start();
        await _instance.StartAsync(start);
        using var outOfTime = new CancellationTokenSource();

        var draining = _instance.DrainAsync(TimeSpan.FromSeconds(25), "its instance was drained", outOfTime.Token);
        Assert.False(draining.IsCompleted);
        await outOfTime.CancelAsync();

        await draining.OrFail("the drain");
        Assert.Equal(SubSessionStatus.Failed, (await _cluster.Reports.NextAsync(start.Key)).Status);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static ChannelDelivery Delivery(SubSessionStart start, int number, bool ended = false) => new()
    {
        Reader = start.Key,
        Epoch = start.Epoch,
        Channel = "in",
        Producer = "w",
        FirstSequence = number,
        Items = [Payload.Json("1"u8.ToArray())],
        Ended = ended,
    };

    private SubSessionStart Start(DirectedScript? script = null) => Starts.Of(_cluster, script, StopGrace);

    private static TimeSpan StopGrace => TimeSpan.FromSeconds(30);

    private EngineInstance Instance<TEngine>()
    {
        var registration = _cluster.Silo.GetServices<EngineRegistration>().Single(engine => engine.Class == typeof(TEngine));
        var key = new EngineInstanceKey(registration.Definition.Id, _cluster.Silos[0]);
        return ActivatorUtilities.CreateInstance<EngineInstance>(_cluster.Silo, registration, key, _clock);
    }
}
