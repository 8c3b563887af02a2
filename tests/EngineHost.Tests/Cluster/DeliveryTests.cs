using BlueEdge.Channels;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>Deliveries to an instance whose run is not there yet, there, full, or over.</summary>
public sealed class DeliveryTests
{
    private readonly EngineCluster _cluster;
    private readonly FakeTimeProvider _clock = new();
    private readonly EngineInstance _instance;

    public DeliveryTests(EngineCluster cluster)
    {
        _cluster = cluster;
        var registration = cluster.Silo.GetServices<EngineRegistration>().Single(engine => engine.Class == typeof(DirectedEngine));
        _instance = ActivatorUtilities.CreateInstance<EngineInstance>(
            cluster.Silo, registration, new EngineInstanceKey("directed", cluster.Silos[0]), _clock);
    }

    [Fact]
    public async Task What_comes_before_the_reader_waits_for_it()
    {
        var start = Start();

        var delivering = Deliver(start, ended: true);
        Assert.False(delivering.IsCompleted);
        await _instance.StartAsync(start);

        Assert.Equal(1, (await delivering.OrFail("the answer")).NextSequence);
        var end = await _cluster.Reports.NextAsync(start.Key);
        Assert.Equal((SubSessionStatus.Finished, 1), (end.Status, end.ItemsRead));
    }

    [Fact]
    public async Task What_comes_long_before_the_reader_is_answered_with_not_yet_after_ten_seconds()
    {
        var start = Start();

        var delivering = Deliver(start);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(delivering.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var reply = await delivering.OrFail("the answer");
        Assert.Equal((true, false, 0L, 0), (reply.NotYet, reply.Gone, reply.NextSequence, reply.CreditItems));
    }

    [Fact]
    public async Task Who_gave_up_waiting_leaves_the_others_waiting()
    {
        var start = Start();
        var first = Deliver(start);
        _clock.Advance(TimeSpan.FromSeconds(9));
        var second = Deliver(start);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await first.OrFail("the answer to the first")).NotYet);

        await _instance.StartAsync(start);

        Assert.Equal(1, (await second.OrFail("the answer to the second")).NextSequence);
        _instance.Stop(start.Key, 1, "done");
    }

    [Fact]
    public async Task What_comes_for_a_later_attempt_waits_through_the_earlier_one()
    {
        var start = Start();
        await _instance.StartAsync(start);

        var delivering = Deliver(start with { Epoch = 2 });
        Assert.False(delivering.IsCompleted);
        await _instance.StartAsync(start with { Epoch = 2 });

        Assert.Equal(1, (await delivering.OrFail("the answer")).NextSequence);
        _instance.Stop(start.Key, 2, "done");
    }

    [Fact]
    public async Task What_comes_after_the_end_is_answered_with_gone()
    {
        var start = Start();
        await _instance.StartAsync(start);
        await Deliver(start, ended: true);
        await _cluster.Reports.NextAsync(start.Key);

        Assert.True((await Deliver(start).OrFail("the answer")).Gone);
    }

    [Fact]
    public async Task Who_waits_for_a_reader_that_was_stopped_before_it_began_is_answered_with_gone()
    {
        var start = Start();
        var delivering = Deliver(start);

        _instance.Stop(start.Key, 1, "changed my mind");

        Assert.True((await delivering.OrFail("the answer")).Gone);
    }

    [Fact]
    public async Task Who_asks_a_full_reader_is_answered_once_it_reads()
    {
        var (working, release) = (NewSignal(), NewSignal());
        var start = Start(new()
        {
            Process = async (_, _, _) =>
            {
                working.TrySetResult();
                await release.Task;
            },
        });
        await _instance.StartAsync(start);
        await Deliver(start);
        await working.Task.OrFail("the engine at work");
        await _instance.DeliverAsync(Delivery(start, 1, 64), CancellationToken.None);

        var asking = _instance.DeliverAsync(Delivery(start, 65, 0), CancellationToken.None).AsTask();
        Assert.False(asking.IsCompleted);
        release.SetResult();

        Assert.NotEqual(0, (await asking.OrFail("the room")).CreditItems);
        _instance.Stop(start.Key, 1, "done");
    }

    [Fact]
    public async Task Who_asks_a_full_reader_for_ten_seconds_is_answered_without_room()
    {
        var (working, release) = (NewSignal(), NewSignal());
        var start = Start(new()
        {
            Process = async (_, _, _) =>
            {
                working.TrySetResult();
                await release.Task;
            },
        });
        await _instance.StartAsync(start);
        await Deliver(start);
        await working.Task.OrFail("the engine at work");
        await _instance.DeliverAsync(Delivery(start, 1, 64), CancellationToken.None);

        var asking = _instance.DeliverAsync(Delivery(start, 65, 0), CancellationToken.None).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(10));

        var reply = await asking.OrFail("the answer");
        Assert.Equal((65L, 0, false), (reply.NextSequence, reply.CreditItems, reply.Gone));
        release.SetResult();
        _instance.Stop(start.Key, 1, "done");
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SubSessionStart Start(DirectedScript? script = null) => Starts.Of(_cluster, script, TimeSpan.FromSeconds(30));

    private Task<DeliveryReply> Deliver(SubSessionStart start, bool ended = false) =>
        _instance.DeliverAsync(Delivery(start, 0, 1) with { Ended = ended }, CancellationToken.None).AsTask();

    private static ChannelDelivery Delivery(SubSessionStart start, int first, int count) => new()
    {
        Reader = start.Key,
        Epoch = start.Epoch,
        Channel = "in",
        Producer = "w",
        FirstSequence = first,
        Items = [.. Enumerable.Repeat(Payload.Json("1"u8.ToArray()), count)],
    };
}
