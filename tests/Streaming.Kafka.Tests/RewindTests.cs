using Orleans.Configuration;
using Orleans.Providers.Streams.Common;

namespace Streaming.Kafka;

public sealed class RewindTests(SharedBroker broker)
{
    [Theory]
    [InlineData(128 * 1024)]
    [InlineData(200)]
    public async Task Going_back_by_a_thousand_gives_exactly_those_thousand_again(int batchBytes)
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers) { Configure = options => options.BatchBytes = batchBytes }.StartAsync();
        var other = cluster.Topic + "-other";
        var probe = InboxProbe.Of(cluster.Topic);
        await Task.WhenAll(cluster.WriteAsync(cluster.Topic, 0, 2_000), cluster.WriteAsync(other, 0, 2_000));
        var received = await probe.TakeAsync(2_000);
        await InboxProbe.Of(other).TakeAsync(2_000);

        probe.StartToken = received[1_000].Token;
        await cluster.Running.Client.GetGrain<IInboxGrain>(cluster.Topic).DeactivateAsync();
        await probe.Deactivated.Task.WaitAsync(InboxProbe.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        await cluster.WriteAsync(cluster.Topic, 2_000, 1);
        await cluster.WriteAsync(other, 2_000, 1);

        var again = await probe.TakeAsync(1_001);
        Assert.Equal(Enumerable.Range(1_000, 1_001).Select(number => (long)number), again.Select(each => each.Number));
        Assert.Equal(received[1_000].Token, again[0].Token);
        Assert.Equal([2_000L], (await InboxProbe.Of(other).TakeAsync(1)).Select(each => each.Number));
        Assert.Empty(probe.TakeRest());
        Assert.Empty(InboxProbe.Of(other).TakeRest());
    }

    [Fact]
    public async Task The_event_that_a_subscriber_starts_from_is_its_first()
    {
        var topic = "t-" + Guid.NewGuid().ToString("n");
        var probe = InboxProbe.Of(topic);
        probe.StartToken = new EventSequenceTokenV2(3);
        var settings = new KafkaCluster(broker.BootstrapServers)
        {
            Topic = topic,
            Configure = options => options.BatchBytes = 1,
            ConfigureSilo = streams => streams.ConfigureLifecycle(lifecycle => lifecycle.Configure(each => each.StartupState = StreamLifecycleOptions.RunState.AgentsStopped)),
        };
        await using (var before = await settings.StartAsync())
        {
            await before.WriteAsync(topic, 0, 10);
        }

        await using var after = await new KafkaCluster(broker.BootstrapServers) { Topic = topic }.StartAsync();

        Assert.Equal([3, 4, 5, 6, 7, 8, 9], (await probe.TakeAsync(7)).Select(each => each.Number));
    }

    [Fact]
    public async Task A_new_owner_serves_a_subscriber_that_goes_back_before_its_checkpoint()
    {
        var topic = "t-" + Guid.NewGuid().ToString("n");
        var probe = InboxProbe.Of(topic);
        await using (var before = await new KafkaCluster(broker.BootstrapServers) { Topic = topic }.StartAsync())
        {
            await before.WriteAsync(topic, 0, 1_000);
            probe.StartToken = (await probe.TakeAsync(1_000))[400].Token;
        }

        await using var after = await new KafkaCluster(broker.BootstrapServers) { Topic = topic }.StartAsync();
        await after.WriteAsync(topic, 1_000, 1);

        var again = await probe.TakeAsync(601);
        Assert.Equal(Enumerable.Range(400, 601).Select(number => (long)number), again.Select(each => each.Number));
    }
}
