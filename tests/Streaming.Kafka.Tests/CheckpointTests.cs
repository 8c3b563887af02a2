using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Kafka.Checkpoints;
using Streaming.Kafka.Producing;

namespace Streaming.Kafka;

public sealed class CheckpointTests(SharedBroker broker)
{
    private readonly string _topic = "t-" + Guid.NewGuid().ToString("n");

    [Fact]
    public async Task A_restart_goes_on_where_it_stopped()
    {
        var probe = InboxProbe.Of(_topic);
        await using (var before = await new KafkaCluster(broker.BootstrapServers) { Topic = _topic }.StartAsync())
        {
            await before.WriteAsync(_topic, 0, 100);
            await probe.TakeAsync(100);
        }

        await using var after = await new KafkaCluster(broker.BootstrapServers) { Topic = _topic }.StartAsync();
        await after.WriteAsync(_topic, 100, 1);

        Assert.Equal([100L], (await probe.TakeAsync(1)).Select(each => each.Number));
    }

    [Fact]
    public async Task An_owner_that_does_not_know_it_is_none_any_more_takes_nothing_back()
    {
        var probe = InboxProbe.Of(_topic);
        var options = new KafkaStreamOptions { BootstrapServers = broker.BootstrapServers, Topic = _topic, PartitionCount = 1 };
        using var producer = new KafkaProducer(options, Meters.Of("stale"), NullLogger<KafkaProducer>.Instance);
        var stale = new CheckpointWriter("test/stale/1", 0, options, producer, new("test"), TimeProvider.System, NullLogger<CheckpointWriter>.Instance);
        await using (var before = await new KafkaCluster(broker.BootstrapServers) { Topic = _topic, Configure = each => each.BatchBytes = 1 }.StartAsync())
        {
            await stale.FlushAsync(5, InboxProbe.Patience);
            await before.WriteAsync(_topic, 0, 100);
            await probe.TakeAsync(100);
        }

        await stale.FlushAsync(10, InboxProbe.Patience);

        await using var after = await new KafkaCluster(broker.BootstrapServers) { Topic = _topic }.StartAsync();
        await after.WriteAsync(_topic, 100, 1);
        Assert.Equal([100L], (await probe.TakeAsync(1)).Select(each => each.Number));
    }

    [Fact]
    public async Task What_is_not_delivered_is_not_checkpointed()
    {
        var probe = InboxProbe.Of(_topic);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        probe.Before = numbers =>
        {
            if (numbers.Contains(50))
            {
                reached.TrySetResult();
                throw new InvalidOperationException("Not yet.");
            }

            return Task.CompletedTask;
        };
        await using (var before = await new KafkaCluster(broker.BootstrapServers) { Topic = _topic, Configure = each => each.BatchBytes = 1 }.StartAsync())
        {
            await before.WriteAsync(_topic, 0, 100);
            await reached.Task.WaitAsync(InboxProbe.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        probe.Before = _ => Task.CompletedTask;
        Assert.Equal(50, (await probe.TakeAsync(50)).Count);
        await using var after = await new KafkaCluster(broker.BootstrapServers) { Topic = _topic }.StartAsync();

        Assert.Equal(Enumerable.Range(50, 50).Select(number => (long)number), (await probe.TakeAsync(50)).Select(each => each.Number));
    }

    [Fact]
    public void The_highest_word_of_all_owners_counts_and_those_of_other_groups_do_not()
    {
        var load = new CheckpointLoad("mine");
        load.Add("mine/a"u8.ToArray(), "10"u8.ToArray());
        load.Add("mine/b"u8.ToArray(), "30"u8.ToArray());
        load.Add("mine/a"u8.ToArray(), "20"u8.ToArray());
        load.Add("mine/c"u8.ToArray(), "99"u8.ToArray());
        load.Add("mine/c"u8.ToArray(), null);
        load.Add("other/a"u8.ToArray(), "99"u8.ToArray());

        Assert.Equal(30, load.Complete());
        Assert.Equal(["mine/a", "mine/b"], load.Owners!.Order(StringComparer.Ordinal));
        Assert.Null(new CheckpointLoad("none").Complete());
    }
}
